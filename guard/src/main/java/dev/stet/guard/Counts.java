package dev.stet.guard;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** How often each site was used, counted by many threads. */
final class Counts {
  private static final int CHUNK = 256;

  /** A million sites; those beyond are counted at the last one's place and so with its name, which nobody has met. */
  private static final int CHUNKS = 4096;

  private final AtomicReferenceArray<AtomicLongArray> chunks = new AtomicReferenceArray<>(CHUNKS);

  /** Takes a site and how often it was used. */
  interface Each {
    void accept(int site, long count);
  }

  void add(int site) {
    int at = Math.min(site, CHUNK * CHUNKS - 1);
    AtomicLongArray chunk = chunks.get(at / CHUNK);
    if (chunk == null) {
      chunks.compareAndSet(at / CHUNK, null, new AtomicLongArray(CHUNK));
      chunk = chunks.get(at / CHUNK);
    }
    chunk.incrementAndGet(at % CHUNK);
  }

  void forEach(Each each) {
    for (int i = 0; i < CHUNKS; i++) {
      AtomicLongArray chunk = chunks.get(i);
      for (int j = 0; chunk != null && j < CHUNK; j++) {
        long count = chunk.get(j);
        if (count > 0) {
          each.accept(i * CHUNK + j, count);
        }
      }
    }
  }
}
