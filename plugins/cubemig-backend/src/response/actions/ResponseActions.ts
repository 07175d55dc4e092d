import {
  ResponseAction,
  ResponseActionsExtensionPoint,
} from '@cubemig/plugin-cubemig-node';

/** The actions that response rules can name. */
export class ResponseActions implements ResponseActionsExtensionPoint {
  private readonly actions = new Map<string, ResponseAction>();

  addAction(action: ResponseAction) {
    if (this.actions.has(action.name)) {
      throw new Error(`There are two response actions '${action.name}'`);
    }
    this.actions.set(action.name, action);
  }

  get(name: string): ResponseAction | undefined {
    return this.actions.get(name);
  }

  names(): string[] {
    return [...this.actions.keys()];
  }
}
