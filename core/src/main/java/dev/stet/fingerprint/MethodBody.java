package dev.stet.fingerprint;

import java.io.Serializable;
import java.lang.reflect.Executable;
import java.util.List;

/**
 * A body that only calls methods found by reflection, such as a test method: its code is theirs, and not that of its own
 * class.
 *
 * <p>It captures nothing: what it hands to the methods belongs to the config.
 *
 * @since 0.1
 */
public interface MethodBody extends Serializable {
  /**
   * Returns the code that the body calls.
   *
   * @return the method that the body stands for, then the constructor and the other methods that it calls; always the same
   */
  List<Executable> code();
}
