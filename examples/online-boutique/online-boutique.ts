import {
  type BulwarkApp,
  Env,
  ExistingNamespace,
  ExternalWorkload,
  LockedNamespace,
  Probe,
  SecureDeployment,
  type SecureDeploymentProps,
} from 'kube-bulwark';

const upstream = 'us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo';

/** Where its images come from. */
export const registries = [upstream, 'docker.io/library'];

/** What a variant of the shop says otherwise of the carts: of the service and of its Redis. */
export interface Carts {
  readonly cart?: Partial<SecureDeploymentProps>;
  readonly redis?: Partial<SecureDeploymentProps>;
}

/** Google's Online Boutique: ten services, a Redis and a load generator, in a namespace of their own. */
export function onlineBoutique(app: BulwarkApp, namespace = 'online-boutique', carts: Carts = {}): LockedNamespace {
  const shop = new LockedNamespace(app, namespace, {
    owner: 'team-boutique',
    contact: 'boutique@shop.example',
    access: {
      viewers: ['shop-viewers'],
      developers: ['shop-developers'],
      operators: ['shop-operators'],
      admins: ['shop-admins'],
    },
    exceptions: [
      {
        rule: 'image-digest',
        reason: 'upstream publishes tags only; our registry will pin them',
        expires: '2027-06-30',
        ticket: 'SHOP-17',
      },
    ],
  });

  /** What the services have in common. Whoever is given the address of another is let through to it, and nobody else is. */
  const small = { cpu: '100m', memory: '128Mi', cpuLimit: '200m' } as const;
  const service = (name: string, props: Partial<SecureDeploymentProps>) =>
    new SecureDeployment(shop, name, {
      image: `${upstream}/${name}:v0.10.6`,
      user: 1000,
      resources: small,
      readiness: Probe.grpc(),
      liveness: Probe.grpc(),
      ...props,
    });
  const frequent = Probe.grpc({ periodSeconds: 5 });
  const patient = Probe.grpc({ initialDelaySeconds: 20, periodSeconds: 15 });

  const ads = service('adservice', {
    port: 9555,
    env: { PORT: '9555' },
    resources: { cpu: '200m', memory: '300Mi', cpuLimit: '300m' },
    readiness: patient,
    liveness: patient,
  });
  const currency = service('currencyservice', { port: 7000, env: { PORT: '7000', DISABLE_PROFILER: '1' } });
  const email = service('emailservice', {
    port: { port: 8080, servicePort: 5000 },
    env: { PORT: '8080', DISABLE_PROFILER: '1' },
    readiness: frequent,
    liveness: frequent,
  });
  const payment = service('paymentservice', { port: 50051, env: { PORT: '50051', DISABLE_PROFILER: '1' } });
  const shipping = service('shippingservice', {
    port: 50051,
    env: { PORT: '50051', DISABLE_PROFILER: '1' },
    readiness: frequent,
  });
  const catalog = service('productcatalogservice', { port: 3550, env: { PORT: '3550', DISABLE_PROFILER: '1' } });
  const recommendation = service('recommendationservice', {
    port: 8080,
    env: { PORT: '8080', PRODUCT_CATALOG_SERVICE_ADDR: Env.addressOf(catalog), DISABLE_PROFILER: '1' },
    resources: { cpu: '100m', memory: '450Mi', cpuLimit: '200m' },
    readiness: frequent,
    liveness: frequent,
  });

  const redis = service('redis-cart', {
    image: 'docker.io/library/redis:alpine',
    replicas: 1,
    port: { port: 6379, name: 'tcp-redis' },
    resources: { cpu: '70m', memory: '256Mi', cpuLimit: '125m' },
    readiness: Probe.tcp({ periodSeconds: 5 }),
    liveness: Probe.tcp({ periodSeconds: 5 }),
    writable: ['/data'],
    ...carts.redis,
  });
  const cart = service('cartservice', {
    port: 7070,
    env: { REDIS_ADDR: Env.addressOf(redis) },
    resources: { cpu: '200m', memory: '128Mi', cpuLimit: '300m' },
    readiness: Probe.grpc({ initialDelaySeconds: 15 }),
    liveness: Probe.grpc({ initialDelaySeconds: 15, periodSeconds: 10 }),
    ...carts.cart,
  });
  cart.connectTo(redis);

  const checkout = service('checkoutservice', {
    port: 5050,
    env: {
      PORT: '5050',
      PRODUCT_CATALOG_SERVICE_ADDR: Env.addressOf(catalog),
      SHIPPING_SERVICE_ADDR: Env.addressOf(shipping),
      PAYMENT_SERVICE_ADDR: Env.addressOf(payment),
      EMAIL_SERVICE_ADDR: Env.addressOf(email),
      CURRENCY_SERVICE_ADDR: Env.addressOf(currency),
      CART_SERVICE_ADDR: Env.addressOf(cart),
    },
  });
  const healthz = (cookie: string) =>
    Probe.http('/_healthz', { initialDelaySeconds: 10, headers: { Cookie: `shop_session-id=${cookie}` } });
  const frontend = service('frontend', {
    port: { port: 8080, servicePort: 80 },
    env: {
      PORT: '8080',
      PRODUCT_CATALOG_SERVICE_ADDR: Env.addressOf(catalog),
      CURRENCY_SERVICE_ADDR: Env.addressOf(currency),
      CART_SERVICE_ADDR: Env.addressOf(cart),
      RECOMMENDATION_SERVICE_ADDR: Env.addressOf(recommendation),
      SHIPPING_SERVICE_ADDR: Env.addressOf(shipping),
      CHECKOUT_SERVICE_ADDR: Env.addressOf(checkout),
      AD_SERVICE_ADDR: Env.addressOf(ads),
      SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80',
      ENABLE_PROFILER: '0',
    },
    readiness: healthz('x-readiness-probe'),
    liveness: healthz('x-liveness-probe'),
  });
  new SecureDeployment(shop, 'loadgenerator', {
    image: `${upstream}/loadgenerator:v0.10.6`,
    user: 1000,
    replicas: 1,
    env: { FRONTEND_ADDR: Env.addressOf(frontend), USERS: '10', RATE: '1' },
    resources: { cpu: '300m', memory: '512Mi', cpuLimit: '500m' },
    initContainers: [
      {
        name: 'frontend-check',
        image:
          'docker.io/library/busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d',
        command: ['/bin/sh', '-exc', waitForFrontend],
        env: { FRONTEND_ADDR: Env.addressOf(frontend) },
        resources: { cpu: '10m', memory: '16Mi' },
      },
    ],
  });

  const gateways = new ExistingNamespace(app, 'gateway-system');
  frontend.exposeTo(
    new ExternalWorkload(gateways, 'gateway', {
      selector: { 'gateway.networking.k8s.io/gateway-name': 'public' },
      serviceAccountName: 'public',
    }),
  );
  return shop;
}

/** Upstream's own check: the load starts when the shop answers. */
const waitForFrontend = `MAX_RETRIES=12
RETRY_INTERVAL=10
for i in $(seq 1 $MAX_RETRIES); do
  echo "Attempt $i: Pinging frontend: \${FRONTEND_ADDR}..."
  STATUSCODE=$(wget --server-response http://\${FRONTEND_ADDR} 2>&1 | awk '/^  HTTP/{print $2}')
  if [ $STATUSCODE -eq 200 ]; then
      echo "Frontend is reachable."
      exit 0
  fi
  echo "Error: Could not reach frontend - Status code: \${STATUSCODE}"
  sleep $RETRY_INTERVAL
done
echo "Failed to reach frontend after $MAX_RETRIES attempts."
exit 1
`;
