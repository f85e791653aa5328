/**
 * What a repository says about its model: {@code config.json} as {@link samovar.config.ModelConfig}, its {@link
 * samovar.config.ModelFamily} with the ONNX modules it consists of, and {@code generation_config.json} as {@link
 * samovar.config.GenerationDefaults}. JSON comes in, immutable values go out; a model that nothing here can plan is a
 * {@link samovar.config.ConfigException}.
 */
package samovar.config;
