import {
  type BulwarkApp,
  ExistingNamespace,
  ExternalWorkload,
  LockedNamespace,
  Probe,
  SecureDeployment,
  type SecureDeploymentProps,
} from 'kube-bulwark';

const registry = 'us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo';

/** Google's Online Boutique: eleven services, a Redis and a load generator. */
export function onlineBoutique(app: BulwarkApp): LockedNamespace {
  const shop = new LockedNamespace(app, 'online-boutique', {
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

  /** What the services have in common: upstream's registry, user and health checks. */
  const service = (name: string, props: Partial<SecureDeploymentProps> & Pick<SecureDeploymentProps, 'resources'>) =>
    new SecureDeployment(shop, name, {
      image: `${registry}/${name}:v0.10.6`,
      user: 1000,
      readiness: Probe.grpc(),
      liveness: Probe.grpc(),
      ...props,
    });
  const small = { cpu: '100m', memory: '128Mi', cpuLimit: '200m' } as const;

  const ads = service('adservice', {
    port: 9555,
    env: { PORT: '9555' },
    resources: { cpu: '200m', memory: '300Mi', cpuLimit: '300m' },
    readiness: Probe.grpc({ initialDelaySeconds: 20, periodSeconds: 15 }),
    liveness: Probe.grpc({ initialDelaySeconds: 20, periodSeconds: 15 }),
  });
  const cart = service('cartservice', {
    port: 7070,
    env: { REDIS_ADDR: 'redis-cart:6379' },
    resources: { cpu: '200m', memory: '128Mi', cpuLimit: '300m' },
    readiness: Probe.grpc({ initialDelaySeconds: 15 }),
    liveness: Probe.grpc({ initialDelaySeconds: 15, periodSeconds: 10 }),
  });
  const checkout = service('checkoutservice', {
    port: 5050,
    env: {
      PORT: '5050',
      PRODUCT_CATALOG_SERVICE_ADDR: 'productcatalogservice:3550',
      SHIPPING_SERVICE_ADDR: 'shippingservice:50051',
      PAYMENT_SERVICE_ADDR: 'paymentservice:50051',
      EMAIL_SERVICE_ADDR: 'emailservice:5000',
      CURRENCY_SERVICE_ADDR: 'currencyservice:7000',
      CART_SERVICE_ADDR: 'cartservice:7070',
    },
    resources: small,
  });
  const currency = service('currencyservice', {
    port: 7000,
    env: { PORT: '7000', DISABLE_PROFILER: '1' },
    resources: small,
  });
  const email = service('emailservice', {
    port: { port: 8080, servicePort: 5000 },
    env: { PORT: '8080', DISABLE_PROFILER: '1' },
    resources: small,
    readiness: Probe.grpc({ periodSeconds: 5 }),
    liveness: Probe.grpc({ periodSeconds: 5 }),
  });
  const frontend = service('frontend', {
    port: { port: 8080, servicePort: 80 },
    env: {
      PORT: '8080',
      PRODUCT_CATALOG_SERVICE_ADDR: 'productcatalogservice:3550',
      CURRENCY_SERVICE_ADDR: 'currencyservice:7000',
      CART_SERVICE_ADDR: 'cartservice:7070',
      RECOMMENDATION_SERVICE_ADDR: 'recommendationservice:8080',
      SHIPPING_SERVICE_ADDR: 'shippingservice:50051',
      CHECKOUT_SERVICE_ADDR: 'checkoutservice:5050',
      AD_SERVICE_ADDR: 'adservice:9555',
      SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80',
      ENABLE_PROFILER: '0',
    },
    resources: small,
    readiness: Probe.http('/_healthz', {
      initialDelaySeconds: 10,
      headers: { Cookie: 'shop_session-id=x-readiness-probe' },
    }),
    liveness: Probe.http('/_healthz', {
      initialDelaySeconds: 10,
      headers: { Cookie: 'shop_session-id=x-liveness-probe' },
    }),
  });
  const payment = service('paymentservice', {
    port: 50051,
    env: { PORT: '50051', DISABLE_PROFILER: '1' },
    resources: small,
  });
  const catalog = service('productcatalogservice', {
    port: 3550,
    env: { PORT: '3550', DISABLE_PROFILER: '1' },
    resources: small,
  });
  const recommendation = service('recommendationservice', {
    port: 8080,
    env: { PORT: '8080', PRODUCT_CATALOG_SERVICE_ADDR: 'productcatalogservice:3550', DISABLE_PROFILER: '1' },
    resources: { cpu: '100m', memory: '450Mi', cpuLimit: '200m' },
    readiness: Probe.grpc({ periodSeconds: 5 }),
    liveness: Probe.grpc({ periodSeconds: 5 }),
  });
  const shipping = service('shippingservice', {
    port: 50051,
    env: { PORT: '50051', DISABLE_PROFILER: '1' },
    resources: small,
    readiness: Probe.grpc({ periodSeconds: 5 }),
  });
  const redis = new SecureDeployment(shop, 'redis-cart', {
    image: 'docker.io/library/redis:alpine',
    replicas: 1,
    user: 1000,
    port: { port: 6379, name: 'tcp-redis' },
    resources: { cpu: '70m', memory: '256Mi', cpuLimit: '125m' },
    readiness: Probe.tcp({ periodSeconds: 5 }),
    liveness: Probe.tcp({ periodSeconds: 5 }),
    writable: ['/data'],
  });
  const load = new SecureDeployment(shop, 'loadgenerator', {
    image: `${registry}/loadgenerator:v0.10.6`,
    replicas: 1,
    user: 1000,
    env: { FRONTEND_ADDR: 'frontend:80', USERS: '10', RATE: '1' },
    resources: { cpu: '300m', memory: '512Mi', cpuLimit: '500m' },
    initContainers: [
      {
        name: 'frontend-check',
        image:
          'docker.io/library/busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d',
        command: ['/bin/sh', '-exc', waitForFrontend],
        env: { FRONTEND_ADDR: 'frontend:80' },
        resources: { cpu: '10m', memory: '16Mi' },
      },
    ],
  });

  for (const backend of [ads, cart, checkout, currency, catalog, recommendation, shipping]) frontend.connectTo(backend);
  for (const backend of [cart, currency, email, payment, catalog, shipping]) checkout.connectTo(backend);
  recommendation.connectTo(catalog);
  cart.connectTo(redis);
  load.connectTo(frontend);

  const gateways = new ExistingNamespace(app, 'gateway-system');
  frontend.exposeTo(
    new ExternalWorkload(gateways, 'gateway', { selector: { 'gateway.networking.k8s.io/gateway-name': 'public' } }),
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
