/** Simulations of the verdicts as they ship: error rates, power and cost, printed as tables. */
package dev.stet.bench.calibration;
