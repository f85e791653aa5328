/**
 * What a repository says about its model: {@code config.json} as {@link samovar.config.ModelConfig}, its {@link
 * samovar.config.ModelFamily} with the ONNX modules it consists of, {@code generation_config.json} as {@link
 * samovar.config.GenerationDefaults}, and {@code preprocessor_config.json} as {@link samovar.config.PreprocessorConfig}. JSON comes in, immutable values go out; a model that nothing here can plan is a
 * {@link samovar.config.ConfigException}.
 */
package samovar.config;
