/**
 * The Java library's door: {@link samovar.jvm.JvmPipelines} gives {@link samovar.task.Pipelines} that run on this machine's
 * CPU, with models from folders, the verified cache and the Hub.
 */
package samovar.jvm;
