const { Script } = require('node:vm');
const BackstageRuntime = require('@backstage/cli-module-test-jest/config/jestCachingModuleLoader');

/** What this worker has compiled, by file. */
const compiled = new Map();

/** The runtime of the test file that runs now: a worker runs one after another. */
let current;

/**
 * Compiles a module once for all test files of a worker; jest does it once for each, which takes as long as many of them run. Every test file
 * still evaluates the module anew, in a world of its own.
 */
module.exports = class SharedScripts extends BackstageRuntime {
  createScriptFromCode(source, filename) {
    const context = this._environment.getVmContext();
    // A world that is gone, and a syntax error, are told of as jest does.
    if (context === null) return super.createScriptFromCode(source, filename);
    current = this;
    let known = compiled.get(filename);
    if (known?.source !== source) {
      try {
        known = { source, script: this.compile(source, filename) };
      } catch {
        return super.createScriptFromCode(source, filename);
      }
      compiled.set(filename, known);
    }
    return known.script.runInContext(context);
  }

  compile(source, filename) {
    const head = `(function (${this.constructInjectedModuleParameters()}) {`;
    return new Script(`${head}${source}\n})`, {
      filename,
      // Errors tell of places in the module, not in what is around it.
      columnOffset: -head.length,
      importModuleDynamically: specifier =>
        current.importFrom(filename, specifier),
    });
  }

  async importFrom(filename, specifier) {
    const context = this._environment.getVmContext();
    const imported = await this.resolveModule(specifier, filename, context);
    return this.linkAndEvaluateModule(imported);
  }
};
