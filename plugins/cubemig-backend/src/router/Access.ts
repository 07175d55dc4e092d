import {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import { Request } from 'express';

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
   * The caller's credentials, if the caller may do this.
   *
   * @throws NotAllowedError; also for everything but reading while Backstage's permission system is off, because then anyone who can
   * sign in could also use the kubernetes plugin's proxy with Backstage's own credentials.
   */
  async require(
    req: Request,
    permission: BasicPermission,
  ): Promise<
    BackstageCredentials<BackstageUserPrincipal | BackstageServicePrincipal>
  > {
    const { httpAuth, permissions, config } = this.options;
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const isEnabled = config.getOptionalBoolean('permission.enabled') === true;
    if (!isEnabled && permission.attributes.action !== 'read') {
      throw new NotAllowedError(
        "CubeMig changes nothing while Backstage's permission system is off: set permission.enabled to true in app-config, with a policy that denies kubernetes.proxy to users",
      );
    }
    const [decision] = await permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You lack the permission ${permission.name}: ask whoever maintains the permission policy`,
      );
    }
    return credentials;
  }

  /** How the caller is called in the history. */
  nameOf({
    principal,
  }: BackstageCredentials<
    BackstageUserPrincipal | BackstageServicePrincipal
  >): string {
    return principal.type === 'user'
      ? principal.userEntityRef
      : principal.subject;
  }
}
