package org.example.libraries;

import java.util.Arrays;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import libsvm.svm_problem;

/** Class probabilities and a cross-validation of five folds. */
final class Libsvm implements Library {
  @Override
  public String name() {
    return "libsvm";
  }

  @Override
  public double[] run() {
    svm.svm_set_print_string_function(line -> {});
    svm_problem problem = problem(Library.points(60, 4));
    svm_parameter parameter = parameter();
    svm_model model = svm.svm_train(problem, parameter);
    double[] folds = new double[problem.l];
    svm.svm_cross_validation(problem, parameter, 5, folds);
    double[] all = Arrays.copyOf(folds, folds.length + 2);
    all[folds.length] = model.probA[0];
    all[folds.length + 1] = model.probB[0];
    return all;
  }

  private static svm_problem problem(double[][] points) {
    svm_problem problem = new svm_problem();
    problem.l = points.length;
    problem.x = new svm_node[points.length][];
    problem.y = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      problem.x[i] = new svm_node[points[i].length];
      problem.y[i] = i % 2;
      for (int j = 0; j < points[i].length; j++) {
        problem.x[i][j] = new svm_node();
        problem.x[i][j].index = j + 1;
        problem.x[i][j].value = points[i][j];
      }
    }
    return problem;
  }

  private static svm_parameter parameter() {
    svm_parameter parameter = new svm_parameter();
    parameter.svm_type = svm_parameter.C_SVC;
    parameter.kernel_type = svm_parameter.RBF;
    parameter.gamma = 0.25;
    parameter.C = 1;
    parameter.eps = 0.001;
    parameter.cache_size = 1;
    parameter.probability = 1;
    return parameter;
  }
}
