#!/usr/bin/env python3
"""Screens a ledger against a list by tf-idf over letter trigrams, as sparse_dot_topn's users do.

    sparse_dot.py LIST.csv LEDGER.csv [THREADS]

Prints how many pairs reach a cosine of 0.8, ten a name at most. Needs `pip install sparse_dot_topn scikit-learn`.
"""
import csv
import sys

from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

threads = int(sys.argv[3]) if len(sys.argv) > 3 else 2


def column(path, name):
    with open(path, encoding="utf-8", newline="") as file:
        return list(dict.fromkeys(row[name] for row in csv.DictReader(file)))


listed, subjects = column(sys.argv[1], "name"), column(sys.argv[2], "Supplier Name")
vectoriser = TfidfVectorizer(analyzer="char", ngram_range=(3, 3), lowercase=True)
right = vectoriser.fit_transform(listed)
left = vectoriser.transform(subjects)
found = sp_matmul_topn(left, right.T.tocsr(), top_n=10, threshold=0.8, n_threads=threads)
print(f"{found.nnz} pairs")
