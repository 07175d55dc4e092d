import {
  HttpAuthService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
  Permission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { Request } from 'express';
import { Caller } from './route';

/** Who may do what. */
export class Access {
  constructor(
    private readonly options: {
      httpAuth: HttpAuthService;
      permissions: PermissionsService;
      config: RootConfigService;
    },
  ) {}

  /**
   * The caller's credentials, if the caller may do this. A permission that is tied to entities, and that the caller has for some of
   * them only, passes: ask with `requireFor` as soon as the entity is known.
   *
   * @throws NotAllowedError
   */
  async require(
    req: Request,
    permission: BasicPermission | ResourcePermission<'catalog-entity'>,
  ): Promise<Caller> {
    const caller = await this.options.httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    if (permission.type === 'resource') {
      const decision = await this.decide(caller, permission);
      if (decision === AuthorizeResult.DENY) throw lacking(permission);
    } else {
      await this.requireOf(caller, permission);
    }
    return caller;
  }

  /**
   * As `require`, for whoever holds these credentials.
   *
   * @throws NotAllowedError
   */
  async requireOf(caller: Caller, permission: BasicPermission): Promise<void> {
    this.requireSafetyOf(permission);
    const [{ result }] = await this.options.permissions.authorize(
      [{ permission }],
      { credentials: caller },
    );
    if (result !== AuthorizeResult.ALLOW) throw lacking(permission);
  }

  /**
   * Asks for a permission for one entity or, where there is none, for all of them.
   *
   * @throws NotAllowedError
   */
  async requireFor(
    caller: Caller,
    permission: ResourcePermission<'catalog-entity'>,
    entityRef: string | undefined,
  ): Promise<void> {
    this.requireSafetyOf(permission);
    if (entityRef === undefined) {
      const decision = await this.decide(caller, permission);
      if (decision === AuthorizeResult.ALLOW) return;
      throw lacking(permission, ' for all entities: name the entity');
    }
    const [{ result }] = await this.options.permissions.authorize(
      [{ permission, resourceRef: entityRef }],
      { credentials: caller },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw lacking(permission, ` for ${entityRef}`);
    }
  }

  /** How the caller is called in the history. */
  nameOf({ principal }: Caller): string {
    return principal.type === 'user'
      ? principal.userEntityRef
      : principal.subject;
  }

  private async decide(
    caller: Caller,
    permission: ResourcePermission<'catalog-entity'>,
  ) {
    this.requireSafetyOf(permission);
    const [{ result }] = await this.options.permissions.authorizeConditional(
      [{ permission }],
      { credentials: caller },
    );
    return result;
  }

  private requireSafetyOf({ attributes }: Permission) {
    if (attributes.action !== 'read') this.requireSafety();
  }

  /**
   * Only reading is possible while Backstage's permission system is off, because then anyone who can sign in could also use the
   * kubernetes plugin's proxy with Backstage's own credentials. To be asked for where a permission to read makes something, too.
   *
   * @throws NotAllowedError
   */
  requireSafety(): void {
    const { config } = this.options;
    if (config.getOptionalBoolean('permission.enabled') !== true) {
      throw new NotAllowedError(
        "CubeMig changes nothing while Backstage's permission system is off: set permission.enabled to true in app-config, with a policy that denies kubernetes.proxy to users",
      );
    }
  }
}

function lacking({ name }: Permission, where = '') {
  return new NotAllowedError(
    `You lack the permission ${name}${where}; ask whoever maintains the permission policy`,
  );
}
