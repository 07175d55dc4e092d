import { Detector, detectionOf } from '../Detector';

export const serviceAccountToken: Detector = {
  id: 'service-account-token',
  title: 'A token for the Kubernetes API is mounted',
  technique: { id: 'T1552.007', name: 'Unsecured Credentials: Container API' },
  explanation:
    'The container can talk to the Kubernetes API with the rights of its ServiceAccount, and so can whoever got into it. It is the default and harmless as long as the account has no rights.',
  remedy:
    'Set automountServiceAccountToken: false where the application does not need the API.',
  detect: ({ report }) =>
    detectionOf(
      'info',
      report.security.service_account_token
        ? [{ detail: 'a service account is mounted into the container' }]
        : [],
    ),
};
