#!/usr/bin/python3
"""Runs the work of the report top-k with faiss and hnswlib (Debian: python3-faiss, python3-hnswlib), and prints a JSON line for each setting.

Usage: write the tables first with `PromoRec.Benchmarks top-k --write FOLDER`, then
    top_k.py FOLDER [TABLE ...]        TABLE: clustered-64, clustered-128, equal-lengths-64, equal-lengths-128 (default: clustered-64)
Options by environment: PEERS=flat,hnsw,hnswlib (all unless set), RUNS=5, THREADS=2.
"""
import json
import os
import sys
import time

THREADS = int(os.environ.get("THREADS", "2"))

# One thread of BLAS for each thread of faiss: pools inside pools slow each other down.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np

RUNS = int(os.environ.get("RUNS", "5"))
PEERS = os.environ.get("PEERS", "flat,hnsw,hnswlib").split(",")
WANTED = 20
SINGLE = 1000
LIST_SIZES = (32, 64, 128, 256, 512)


def batch_rate(search, customers):
    """Customers a second: median and best of the runs, and what the last one found."""
    seconds = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        found = search(customers)
        seconds.append(time.perf_counter() - start)
    seconds = sorted(seconds[1:])
    return len(customers) / seconds[len(seconds) // 2], len(customers) / seconds[0], found


def single_times(search, customers):
    """Microseconds of one customer at a time: p50 and p99."""
    for i in range(100):
        search(customers[i:i + 1])
    times = []
    for i in range(SINGLE):
        start = time.perf_counter_ns()
        search(customers[i:i + 1])
        times.append((time.perf_counter_ns() - start) / 1000)
    return float(np.percentile(times, 50)), float(np.percentile(times, 99))


def recall(found, exact):
    return float(np.mean([len(set(a) & set(b)) / WANTED for a, b in zip(found.tolist(), exact.tolist())]))


def report(table, factors, peer, setting, batch, single, exact, build):
    median, best, found = batch
    print(json.dumps({
        "table": table, "factors": factors, "peer": peer, "setting": setting, "threads": THREADS, "usersPerSecond": median, "bestUsersPerSecond": best,
        "singleP50Microseconds": single[0], "singleP99Microseconds": single[1], "recallAt20": recall(found, exact), "buildSeconds": build}), flush=True)


def run_flat(table, items, customers):
    import faiss
    from concurrent.futures import ThreadPoolExecutor
    index = faiss.IndexFlatIP(items.shape[1])
    index.add(items)
    faiss.omp_set_num_threads(1)

    # Faster than the threads of faiss itself: each of ours searches a share of the customers.
    def one(share):
        faiss.omp_set_num_threads(1)
        return index.search(share, WANTED)[1]

    with ThreadPoolExecutor(THREADS) as pool:
        batch = batch_rate(lambda queries: np.concatenate(list(pool.map(one, np.array_split(queries, THREADS)))), customers)
    single = single_times(lambda query: index.search(query, WANTED), customers)
    if "flat" in PEERS:
        report(table, items.shape[1], f"faiss IndexFlatIP {faiss.__version__}", "exact", batch, single, batch[2], 0)
    return batch[2]


def run_hnsw(table, items, customers, exact):
    import faiss
    faiss.omp_set_num_threads(THREADS)
    index = faiss.IndexHNSWFlat(items.shape[1], 32, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = 200
    start = time.perf_counter()
    index.add(items)
    build = time.perf_counter() - start
    for size in LIST_SIZES:
        index.hnsw.efSearch = size
        faiss.omp_set_num_threads(THREADS)
        batch = batch_rate(lambda queries: index.search(queries, WANTED)[1], customers)
        faiss.omp_set_num_threads(1)
        single = single_times(lambda query: index.search(query, WANTED), customers)
        report(table, items.shape[1], f"faiss IndexHNSWFlat {faiss.__version__}", f"M 32, efConstruction 200, efSearch {size}", batch, single, exact, build)


def run_hnswlib(table, items, customers, exact):
    import hnswlib
    index = hnswlib.Index(space="ip", dim=items.shape[1])
    index.init_index(max_elements=len(items), ef_construction=200, M=32)
    start = time.perf_counter()
    index.add_items(items, num_threads=THREADS)
    build = time.perf_counter() - start
    for size in LIST_SIZES:
        index.set_ef(size)
        batch = batch_rate(lambda queries: index.knn_query(queries, k=WANTED, num_threads=THREADS)[0].astype(np.int64), customers)
        single = single_times(lambda query: index.knn_query(query, k=WANTED, num_threads=1), customers)
        report(table, items.shape[1], "hnswlib", f"M 32, ef_construction 200, ef {size}", batch, single, exact, build)


def main():
    folder, tables = sys.argv[1], sys.argv[2:] or ["clustered-64"]
    for table in tables:
        items, customers = np.load(f"{folder}/{table}.items.npy"), np.load(f"{folder}/{table}.customers.npy")
        exact = run_flat(table, items, customers)
        if "hnsw" in PEERS:
            run_hnsw(table, items, customers, exact)
        if "hnswlib" in PEERS:
            run_hnswlib(table, items, customers, exact)


if __name__ == "__main__":
    main()
