#!/usr/bin/env python3
"""Fits the weights of src/matching/weights.rs to labelled pairs of names.

    fit.py WHARFINGER PAIRS.csv [MORE.csv ...] [--kind organisation|person]

PAIRS.csv has the columns pair_id, query_name, candidate_names, is_match, tier. The program itself measures every pair
(`compare --pairs --measures`), so that what is fitted is what is scored. Logistic regression with an L2 penalty, signs held
as the measure's meaning demands, every class weighted by its number; prints the table in the order of the measures, and
PR-AUC on the fitted half and on the other half (pairs are split by the hash of their first name). Needs numpy and scipy.
"""
import csv, hashlib, io, subprocess, sys, tempfile

import numpy as np
from scipy.optimize import minimize

# What large weights cost: little, there are a hundred pairs to each number.
PENALTY = 0.05

# +1: more of it never speaks against a match; -1: never for one; 0: either way.
SIGN = dict(subject_share=1, entry_share=1, evidence=1, conflict=-1, subject_extra=-1, entry_extra=-1, place_conflict=-1,
            subject_place=-1, entry_place=-1, number_conflict=-1, number_extra=-1, trade_conflict=-1, subject_trade=-1, entry_trade=-1,
            unlike=-1, first_word=1, form_same=1, form_other=-1, form_missing=-1, disorder=-1, spelling=1, single_word=-1, part=-1,
            heaviest=1, initials=1, left_near=1, concept=1, slips=-1, bare=-1, all_own=1, place_decides=-1, number_decides=-1, subject_most=1, entry_most=1, spelling_most=1, extra_beside=0, conflict_beside=0,
            spelling_beside=0)


def pr_auc(score, label):
    order = np.argsort(-score, kind="stable")
    y = label[order]
    tp = np.cumsum(y)
    precision = tp / np.arange(1, len(y) + 1)
    return float((precision * y).sum() / y.sum())


def measure(program, rows, kind):
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as f:
        w = csv.writer(f)
        w.writerow(["id", "left", "right", "kind"])
        for r in rows:
            w.writerow([r["pair_id"], r["query_name"].replace(";", ","), r["candidate_names"] if r["tier"].startswith("screen") else r["candidate_names"].replace(";", ","), kind])
        f.flush()
        done = subprocess.run([program, "compare", "--pairs", f.name, "--measures"], stdout=subprocess.PIPE, check=True)
    return {r["id"]: r for r in csv.DictReader(io.StringIO(done.stdout.decode()))}


def fit(X, y, weight, sign, penalty):
    def loss(t):
        z = X @ t[:-1] + t[-1]
        p = np.logaddexp(0, -z) * y + np.logaddexp(0, z) * (1 - y)
        g = (1 / (1 + np.exp(-z)) - y) * weight
        return (weight * p).sum() + penalty * (t[:-1] ** 2).sum(), np.append(X.T @ g + 2 * penalty * t[:-1], g.sum())
    bounds = [(0, 14) if s > 0 else (-14, 0) if s < 0 else (-14, 14) for s in sign] + [(None, None)]
    return minimize(loss, np.zeros(len(sign) + 1), jac=True, bounds=bounds, method="L-BFGS-B", options=dict(maxiter=2000)).x


def main():
    kind = sys.argv[sys.argv.index("--kind") + 1] if "--kind" in sys.argv else "organisation"
    program, *paths = [a for i, a in enumerate(sys.argv[1:], 1) if not a.startswith("--") and sys.argv[i - 1] != "--kind"]
    rows = [r for p in paths for r in csv.DictReader(open(p, encoding="utf-8", newline="")) if r["tier"] not in ("zh", "hard")]
    rows = list({(r["query_name"], r["candidate_names"], r["tier"]): r for r in rows}.values())
    for number, r in enumerate(rows):
        r["pair_id"] = str(number)
    found = measure(program, rows, kind)
    keep = [r for r in rows if found[r["pair_id"]]["subject_share"]]
    column = lambda name: np.array([r[name] for r in keep])
    X = np.array([[float(found[r["pair_id"]][n]) for n in SIGN] for r in keep])
    y, tier = column("is_match").astype(int), column("tier")
    table = np.array([found[r["pair_id"]]["table"] for r in keep])
    fold = np.array([hashlib.md5(r["query_name"].encode()).digest()[0] % 4 for r in keep])
    sign = np.array(list(SIGN.values()))
    # Another entry for a listed party's own name is often the same party listed twice, so it says less; a clean name says more.
    counts = {"screen_other": 0.3, "screen_neg": 1.5}
    weight = np.array([counts.get(t, 1.0) for t in tier])
    print(f"{len(rows)} pairs, {len(keep)} with a word in common", file=sys.stderr)

    out_of_fold, fitted, tables = np.zeros(len(y)), np.zeros(len(y)), {}
    for name in sorted(set(table)):
        here = table == name
        learn = lambda mask: fit(X[mask], y[mask], weight[mask], sign, PENALTY)
        for f in range(4):
            t = learn(here & (fold != f))
            out_of_fold[here & (fold == f)] = X[here & (fold == f)] @ t[:-1] + t[-1]
        tables[name] = t = learn(here)
        fitted[here] = X[here] @ t[:-1] + t[-1]
    groups = {"core+easy": ["core", "easy"], "with siblings": ["core", "easy", "sibling"], "screening": ["screen_pos", "screen_neg", "screen_other"],
              "bench": [t for t in set(tier) if t.startswith("nk_")]}
    for group, tiers in groups.items():
        m = np.isin(tier, tiers)
        if y[m].any():
            print(f"  {group:14} PR-AUC on folds left out {pr_auc(out_of_fold[m], y[m]):.4f}, on all {pr_auc(fitted[m], y[m]):.4f}", file=sys.stderr)
    # The score is calibrated on the labelled pairs (Platt 1999): the clean names of the screening set are there to rank by.
    labelled = np.isin(tier, ["core", "easy", "sibling"])
    z, w = out_of_fold[labelled], y[labelled]
    slope, shift = minimize(lambda t: (np.logaddexp(0, -t[0] * z - t[1]) * w + np.logaddexp(0, t[0] * z + t[1]) * (1 - w)).sum(), [1, 0]).x
    print(f"  calibration: {slope:.3f} * log-odds + {shift:.3f}", file=sys.stderr)
    tables = {name: np.append(t[:-1] * slope, t[-1] * slope + shift) for name, t in tables.items()}
    p = 1 / (1 + np.exp(-slope * out_of_fold - shift))
    for low in np.arange(0, 1, 0.1):
        inside = (p >= low) & (p < low + 0.1) & labelled
        if inside.any():
            print(f"  score {low:.1f}-{low + 0.1:.1f}: {inside.sum()} pairs, {y[inside].mean():.2f} matches", file=sys.stderr)
    for name, t in tables.items():
        print(f"{name}: (\n    [\n        {', '.join(f'{v:.3f}' if abs(v) > 5e-4 else '0.000' for v in t[:-1])},\n    ],\n    {t[-1]:.3f},\n)")


if __name__ == "__main__":
    main()
