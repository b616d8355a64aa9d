/** A jest reporter that ends the run with `N passed, N failed, N skipped` on a line of its own. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests;
    // A suite that does not load has no tests to count, nor have snapshots that no test asks for: they are failures all the same.
    const obsolete = results.success ? 0 : results.snapshot.unchecked;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites + obsolete;
    process.stdout.write(`\n${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
  }
};
