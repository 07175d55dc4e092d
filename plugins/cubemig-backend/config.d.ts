export interface Config {
  /** CubeMig: migrations of running pods between the clusters of Backstage's Kubernetes config. */
  cubemig: {
    /**
     * The namespaces in which CubeMig may show and migrate pods, in every cluster. Nothing outside them is ever read or changed,
     * apart from the courier's own namespace.
     */
    namespaces: string[];

    /** The short-lived Job on the source's node that takes the checkpoint and carries it to the registry. */
    courier: {
      /**
       * The courier's image. Best by digest (`...@sha256:...`): who can change it, controls the nodes. Both clusters must be able to
       * pull it.
       */
      image: string;
      /** The namespace of the courier's Jobs, in every cluster. Defaults to `cubemig`. */
      namespace?: string;
      /** The ServiceAccount that may create `nodes/checkpoint`, and nothing else. Defaults to `cubemig-courier`. */
      serviceAccount?: string;
      /** Secrets of the courier's namespace with which its image is pulled. */
      imagePullSecrets?: string[];
      /**
       * A Secret of type `kubernetes.io/dockerconfigjson` in the courier's namespace, with the right to push below
       * `registry.prefix`. Defaults to `cubemig-registry`.
       */
      registrySecret?: string;
      /**
       * A Secret in the courier's namespace, of every cluster its own, whose `key.pem` (ECDSA P-256, PKCS #8) signs the checkpoints that
       * are taken there. Without it they are not signed.
       */
      signingSecret?: string;
      /**
       * Do not verify the kubelets' certificates. Only for kubelets with self-signed certificates: whoever can stand between a pod and
       * its own node could then steal the courier's token. Defaults to false.
       */
      kubeletSkipTlsVerify?: boolean;
      /**
       * How the courier reaches the kubelet: `node`, directly, on its own node; or `api-server`, through the API server's proxy, where pods
       * cannot reach kubelets. The latter needs `create` on `nodes/proxy` for the courier's ServiceAccount, which is exec into every
       * pod of the cluster. Defaults to `node`.
       */
      kubeletVia?: 'node' | 'api-server';
      /**
       * A PersistentVolumeClaim of the courier's namespace, writable from every node, on which archives are kept as they are, a folder a
       * migration. Not together with `registry.encryption`. Without it archives lie in the registry only.
       */
      keepVolumeClaim?: string;
      /**
       * Leave every archive on its node, below the kubelet's checkpoints, where nothing removes it: for an examiner who wants the original.
       * Mind the disk. Defaults to false.
       */
      holdArchives?: boolean;
      /** How long checkpoint, image and push of a pod may take, in seconds. Defaults to 900. */
      timeoutSeconds?: number;
    };

    /** Where checkpoint images lie. Both clusters and the backend reach it under the same name. */
    registry: {
      /** `host` or `host:port`, without a scheme. */
      host: string;
      /** The repository path below which CubeMig keeps its images. Defaults to `cubemig`. */
      prefix?: string;
      /** Plain http instead of https. Defaults to false. */
      insecure?: boolean;
      /** The user with which the backend looks up digests, and removes what `retention` gives up. */
      username?: string;
      /**
       * That user's password.
       * @visibility secret
       */
      password?: string;
      /** A PEM file with the CA that signed the registry's certificate, if the system does not know it. */
      caFile?: string;
      /**
       * A Secret of type `kubernetes.io/tls` in the courier's namespace, and in the target namespaces where files of emptyDirs travel: what
       * couriers show to a registry that wants to see a client's certificate. With `deploy/` only `cubemig-registry-tls` is let in.
       */
      clientCertificateSecret?: string;
      /** A PEM file with the certificate that the backend shows to such a registry, and one with its key. */
      clientCertificateFile?: string;
      clientKeyFile?: string;
      /**
       * How the checkpoint's one layer is packed: `none`; `zstd`, quicker than the network in most places; `auto`, which packs with zstd
       * where the link is slower than packing and leaves the rest as it is; `gzip` for readers that know nothing else. Defaults to
       * `none`.
       */
      compression?: 'none' | 'gzip' | 'zstd' | 'auto';
      /**
       * Encrypts every checkpoint on the source's node, as OCI image encryption has it, for the cluster that it goes to. A cluster that is
       * not named here is no target then. Without this section nothing is encrypted.
       */
      encryption?: {
        /** A public RSA key in PEM whose owner can read every checkpoint, to look into one later. */
        platformKeyFile?: string;
        /** The private key to it, in PEM: with it the backend reads forensic reports, which are encrypted too. */
        platformPrivateKeyFile?: string;
        /** The target clusters. Their nodes hold the private key in `/etc/crio/keys/`. */
        clusters: Array<{
          /** As in Backstage's Kubernetes config. */
          name: string;
          /** A file with the cluster's public RSA key in PEM. */
          publicKeyFile: string;
        }>;
      };
      /**
       * The keys with which clusters sign (`courier.signingSecret`). Then only what the source cluster has signed for this very migration is
       * restored, and a cluster that is not named here can be no source.
       */
      signedBy?: Array<{
        /** As in Backstage's Kubernetes config. */
        name: string;
        /** A file with the cluster's public ECDSA key in PEM. */
        publicKeyFile: string;
      }>;
      /** Secrets that the target namespaces hold, with which the target's nodes pull checkpoint images. */
      pullSecrets?: string[];
    };

    migration?: {
      /** For how long a restored pod must stay healthy before traffic is switched to it, in seconds. Defaults to 2. */
      settleSeconds?: number;
      /** How many migrations one backend instance runs at the same time. Defaults to 4. */
      concurrency?: number;
      /**
       * Namespaces from which and into which no pod is ever migrated, whoever asks. Defaults to `kube-system`, `kube-public` and
       * `kube-node-lease`; the courier's own is always protected.
       */
      protectedNamespaces?: string[];
      /** The files of an emptyDir travel up to this size, in bytes; 0 switches that off. Defaults to 1073741824 (1 GiB). */
      maxVolumeBytes?: number;
      /**
       * A Secret in the target namespaces with private RSA keys in PEM. Only where checkpoints are encrypted: with it the files of emptyDirs
       * are decrypted in the restored pod. Without it they stay behind then.
       */
      volumeKeySecret?: string;
      /**
       * Routes that are changed at cut-over, once the restored pod serves and before the source goes: Istio's, or those of the Gateway API.
       * If the migration fails, they are put back. Labels and Services need nothing here. Backstage's ServiceAccount needs
       * `get` and `patch` on them.
       */
      traffic?: Array<{
        /** Which migrations: by the source's namespace, and the workload's (or bare pod's) name if given. */
        match: { namespace: string; workload?: string };
        /** In which of the migration's two clusters the route is. */
        cluster: 'source' | 'target';
        kind: 'VirtualService' | 'DestinationRule' | 'HTTPRoute';
        /** One of `cubemig.namespaces`. */
        namespace: string;
        name: string;
        /** A JSON patch (RFC 6902); every path begins with `/spec`. */
        patch: Array<{
          op: 'add' | 'replace' | 'remove' | 'test';
          path: string;
          value?: unknown;
        }>;
      }>;
      /**
       * Who is told of a cut-over, as the routes above are changed: a POST of JSON, `{event, migration}`, with `event` `cut-over`, or `undone` if
       * the migration fails afterwards. An answer other than 2xx fails the migration. Redirects are not followed. It may come twice.
       */
      webhooks?: Array<{
        match?: { namespace: string; workload?: string };
        url: string;
        /**
         * The header `X-CubeMig-Signature` is `sha256=` and the HMAC, in hexadecimal, of `<X-CubeMig-Timestamp>.<body>` under this.
         * @visibility secret
         */
        secret: string;
        /** Defaults to 10. */
        timeoutSeconds?: number;
      }>;
      /** How many migrations run at the same time, across all backend instances. The others wait, and shares take turns. */
      limits?: {
        /** Defaults to 16. */
        overall?: number;
        /** Of those that leave a cluster, and again of those that come to it. Defaults to 8. */
        perCluster?: number;
        /** Of those that leave a node: each holds processes still and writes their memory to its disk. Defaults to 2. */
        perNode?: number;
        /** Of those of one workload. Defaults to 1. */
        perWorkload?: number;
      };
      /** How long steps may take before the migration fails and is undone, in seconds. */
      timeouts?: {
        /** Pulling the base images on the target's node. Defaults to 300. */
        prePullSeconds?: number;
        /** From the restored pod's creation until its containers are ready. Defaults to 300. */
        restoreSeconds?: number;
        /** Until the target's controller has adopted the restored pod. Defaults to 60. */
        cutOverSeconds?: number;
        /** Until the source pod is gone, beyond its own grace period. Defaults to 60. */
        stopSeconds?: number;
        /**
         * How long an API server may be out (restarts, elects a leader, is overloaded or cut off) before a migration that asks it for
         * something fails. Defaults to 120.
         */
        outageSeconds?: number;
      };
    };

    /** When checkpoints leave the registry. What somebody holds stays for ever. */
    retention?: {
      /** How many of a workload's newest stay. Defaults to 5. */
      keepPerWorkload?: number;
      /** Older ones go. Defaults to 90. */
      maxAgeDays?: number;
      /** How much all together may take, in GB (10^9 bytes); the oldest go first. Without it there is no limit. */
      maxTotalGigabytes?: number;
      /** How long those of failed and cancelled migrations stay, unless they were taken as evidence. Defaults to 24. */
      keepFailedHours?: number;
      /**
       * How often to look, also for Jobs and pods that crashed migrations have left behind. Defaults to 15. `registry.username` needs
       * the right to delete.
       */
      everyMinutes?: number;
    };

    /** What is inside checkpoints. */
    forensics?: {
      /** Whether a checkpoint is taken apart where the request does not say. Defaults to true. */
      byDefault?: boolean;
      /**
       * A Secret in the courier's namespace with private RSA keys in PEM, with which couriers search encrypted checkpoints. Without it,
       * memory search and file diffs work for checkpoints only that are not encrypted.
       */
      decryptionSecret?: string;
      /** How long a memory search or file diff may take, in seconds. Defaults to 300. */
      inquiryTimeoutSeconds?: number;
    };

    /**
     * A language model that assesses forensic reports, over Groq's API. Switched off while there is no `apiKey`. What it is told has
     * secrets, tokens, keys and email addresses replaced.
     */
    assessment?: {
      /**
       * A key of https://console.groq.com, or of whatever server `baseUrl` names.
       * @visibility secret
       */
      apiKey?: string;
      /** Defaults to `llama-3.3-70b-versatile`. */
      model?: string;
      /** Another server that serves Groq's paths: `/openai/v1/...` is appended. Defaults to Groq's. */
      baseUrl?: string;
      /** How long one request may take, in seconds. Defaults to 120. */
      timeoutSeconds?: number;
      /** How often a request is sent that fails for a reason that may pass, or whose answer has the wrong structure. Defaults to 4. */
      attempts?: number;
      /** How long a prompt may be; what matters least is left out. Defaults to 48000, about 12000 tokens. */
      maxPromptCharacters?: number;
      /** Whether IP addresses are replaced, too. They help the model; some count them as personal data. Defaults to false. */
      redactIpAddresses?: boolean;
      /** Of the prices, ISO 4217. Defaults to `USD`. */
      currency?: string;
      /** What models cost. Without a price an assessment shows its tokens only. */
      prices?: {
        [model: string]: {
          /** For a million tokens of the prompt. */
          promptPerMillion: number;
          /** For a million tokens of the answer. */
          completionPerMillion: number;
        };
      };
    };

    /** Harmless attacks, in pods that carry the label `cubemig.io/simulation: allowed`. */
    simulation?: {
      /** Defaults to true. */
      enabled?: boolean;
      /** How long an attack may run, in seconds. Defaults to 30. */
      timeoutSeconds?: number;
    };

    /** Alerts of Falco and falcosidekick, sent to `/api/cubemig/alert`. */
    alerts?: {
      /** Who may send. Without any, no alert is taken in. */
      senders?: Array<{
        /** The cluster, as in Backstage's Kubernetes config, whose alerts these are. */
        cluster: string;
        /**
         * For falcosidekick: what it sends as the header `X-CubeMig-Token`. At least 16 characters.
         * @visibility secret
         */
        token?: string;
        /** For Falco itself: the user in its URL, which travels as HTTP Basic. */
        username?: string;
        /**
         * That user's password. At least 16 characters.
         * @visibility secret
         */
        password?: string;
        /** The SHA-256 fingerprint of a client certificate, hex. */
        certificateFingerprint?: string;
      }>;
      /** How a proxy in front of Backstage passes on the client certificate that it has verified. */
      clientCertificates?: {
        /** The header with the certificate, URL-encoded PEM, for example `ssl-client-cert`. The proxy must overwrite it. */
        header: string;
        /** The proxy's addresses or networks. The header counts only if it comes from one of them. */
        proxies: string[];
      };
      /** How many alerts a second each backend instance takes of one cluster; twice as many in a burst. Defaults to 5000. */
      maxPerSecond?: number;
      /** For how long what is alike is counted with the alert that came first, in seconds. Defaults to 600. */
      foldSeconds?: number;
      retention?: {
        /** Defaults to 30. */
        days?: number;
        /** How many alerts are kept at most. Defaults to 200000. */
        alerts?: number;
        /** How many payloads are kept at most; alerts go on counting the others. Defaults to 500000. */
        occurrences?: number;
        /** How many bytes the payloads may have together, in millions; alerts that were seen before the oldest of them only go, too. Defaults to 2000. */
        megabytes?: number;
      };
    };

    /** What is done about alerts. */
    response?: {
      /** Response rules that are added once, by name; from then on the database has them. As in `POST /response/rules`. */
      rules?: object[];
      /** Whether the only pod of a workload is left where it is. Defaults to false. */
      protectSingleReplicas?: boolean;
      /** Where rules with the target `quarantine` take pods, and from where nothing leaves by itself. */
      quarantine?: {
        clusters: string[];
        /** One of `cubemig.namespaces`. Defaults to the pod's own. */
        namespace?: string;
      };
      /** After how many migrations a pod is left to people. Defaults to 1. */
      maxHops?: number;
      /** How old an alert may be to be acted on, in seconds. Defaults to 900. */
      maxAlertAgeSeconds?: number;
      /** How long an approval is waited for, in seconds. Defaults to 3600. */
      approvalSeconds?: number;
      /** Users and groups that are told and asked besides the entity's owner, for example `group:default/security`. */
      notify?: string[];
      limits?: {
        /** How many responses may be under way. Defaults to 10. */
        active?: number;
        /** Of those, how many on one cluster. Defaults to 3. */
        activePerCluster?: number;
        /** How many may be started in an hour. Defaults to 30. */
        perHour?: number;
      };
      /** When responses fail, or do not stop the alerts, a person has to look. */
      breaker?: {
        /** How far to look back, in seconds. Defaults to 86400. */
        windowSeconds?: number;
        /** After how many for one workload. Defaults to 2. */
        perWorkload?: number;
        /** After how many on one cluster. Defaults to 5. */
        perCluster?: number;
      };
    };
  };
}
