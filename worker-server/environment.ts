import * as v from 'valibot';

const EnvironmentSchema = v.object({
  HOST: v.optional(
    v.pipe(v.string(), v.nonEmpty('HOST must name an address, such as 127.0.0.1 or 0.0.0.0.')),
    '127.0.0.1',
  ),
  PORT: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d+$/, 'PORT must be a whole number from 0 to 65535.'),
      v.transform(Number),
      v.maxValue(65535, 'PORT must be a whole number from 0 to 65535.'),
    ),
    '3000',
  ),
});

/** Where the server listens. */
export interface Environment {
  host: string;
  /** 0 takes any free port. */
  port: number;
}

/**
 * Reads HOST and PORT; without them, 127.0.0.1 and 3000.
 * @throws TypeError with one sentence on what is wrong.
 */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const result = v.safeParse(EnvironmentSchema, variables);
  if (!result.success) throw new TypeError(result.issues[0].message);
  return { host: result.output.HOST, port: result.output.PORT };
}
