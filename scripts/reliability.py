#!/usr/bin/env python3
"""Draws how often pairs of a score are matches: docs/reliability.svg.

    reliability.py WHARFINGER PAIRS.csv [PERSONS.csv] > docs/reliability.svg

PAIRS.csv has the columns pair_id, query_name, candidate_names, schema (org|person), is_match, tier. Pairs are put in ten bins by score; a point on the
diagonal is a score that says what it means. Standard library only; the table goes to standard error.
"""
import csv, io, subprocess, sys, tempfile

SIZE, EDGE = 360, 46
KINDS = (("org", "organisation", "Organisations", "#1d4e89"), ("person", "person", "Persons", "#b3541e"))


def scored(program, rows, kind):
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as f:
        w = csv.writer(f)
        w.writerow(["id", "left", "right", "kind"])
        w.writerows([r["pair_id"], r["query_name"].replace(";", ","), r["candidate_names"].replace(";", ","), kind] for r in rows)
        f.flush()
        done = subprocess.run([program, "compare", "--pairs", f.name], stdout=subprocess.PIPE, check=True)
    return {r["id"]: float(r["score"]) for r in csv.DictReader(io.StringIO(done.stdout.decode()))}


def main():
    program, *paths = sys.argv[1:]
    rows = [r for p in paths for r in csv.DictReader(open(p, encoding="utf-8", newline="")) if r["tier"] in ("core", "easy", "sibling")]
    x = lambda v: EDGE + v * SIZE
    y = lambda v: EDGE / 2 + (1 - v) * SIZE
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE + 1.6 * EDGE:.0f} {SIZE + 1.7 * EDGE:.0f}" role="img" font-family="sans-serif" font-size="11">',
           "<title>How often pairs of a score are matches</title>", '<rect width="100%" height="100%" fill="#fff"/>',
           f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#888" stroke-dasharray="4 4"/>',
           f'<path d="M{x(0)} {y(1)}V{y(0)}H{x(1)}" fill="none" stroke="#333"/>']
    for tick in (0, 0.2, 0.4, 0.6, 0.8, 1):
        out.append(f'<text x="{x(tick)}" y="{y(0) + 16}" text-anchor="middle">{tick:g}</text><text x="{x(0) - 8}" y="{y(tick) + 4}" text-anchor="end">{tick:g}</text>')
    out.append(f'<text x="{x(0.5)}" y="{y(0) + 34}" text-anchor="middle">score</text><text transform="translate(14 {y(0.5)}) rotate(-90)" text-anchor="middle">share of matches</text>')
    for at, (schema, kind, title, colour) in enumerate(KINDS):
        some = [r for r in rows if r["schema"] == schema]
        if not some:
            continue
        score = scored(program, some, kind)
        points = []
        for low in range(10):
            bin_ = [(score[r["pair_id"]], r["is_match"] == "1") for r in some if low / 10 <= score[r["pair_id"]] < low / 10 + 0.1 or low == 9 and score[r["pair_id"]] == 1]
            if bin_:
                mean, share = sum(s for s, _ in bin_) / len(bin_), sum(m for _, m in bin_) / len(bin_)
                points.append((mean, share, len(bin_)))
                print(f"{title} {low / 10:.1f} to {low / 10 + 0.1:.1f}: {len(bin_)} pairs, mean score {mean:.3f}, matches {share:.3f}", file=sys.stderr)
        out.append(f'<path d="M{"L".join(f"{x(m):.1f} {y(s):.1f}" for m, s, _ in points)}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        mark = '<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{c}"><title>{t}</title></circle>' if at == 0 else '<rect x="{x:.1f}" y="{y:.1f}" width="7" height="7" transform="translate(-3.5 -3.5)" fill="{c}"><title>{t}</title></rect>'
        out += [mark.format(x=x(m), y=y(s), c=colour, t=f"{title}: {n} pairs of mean score {m:.2f}, {s:.0%} matches") for m, s, n in points]
        out.append(f'<text x="{x(0.04)}" y="{y(0.97) + 16 * at}" fill="{colour}">{"●" if at == 0 else "■"} {title}, {len(some)} pairs</text>')
    print("\n".join(out + ["</svg>"]))


if __name__ == "__main__":
    main()
