/** Seeds and random streams whose numbers never change. */
module dev.stet.seeds {
  requires static org.jspecify;

  exports dev.stet.seeds;
}
