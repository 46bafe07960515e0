import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import fastify from 'fastify';

// Stock @apollo/gateway behind Apollo Server on Fastify, which is faster than `startStandaloneServer`.
const [supergraph, port] = process.argv.slice(2);
const app = fastify();
const server = new ApolloServer({
  gateway: new ApolloGateway({ supergraphSdl: readFileSync(supergraph, 'utf8') }),
  plugins: [fastifyApolloDrainPlugin(app)],
});
await server.start();
await app.register(fastifyApollo(server));
await app.listen({ port: Number(port), host: '127.0.0.1' });
