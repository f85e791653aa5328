/**
 * Which weights are used where, decided before any of them move. In: a {@link samovar.hub.RepoListing}, a {@link
 * samovar.config.ModelConfig}, what the caller asks ({@link samovar.dtype.DtypeSpec}, a device or {@code auto}) and what
 * the place offers ({@link samovar.dtype.DeviceCapabilities}). Out of {@link samovar.dtype.DtypePlanner}: a {@link
 * samovar.dtype.DtypePlan}, or a {@link samovar.dtype.DtypePlanException} with all faults at once. {@link
 * samovar.dtype.PlacementRule} picks one of several places by their plans. Only this room reads {@code
 * transformers.js_config}.
 */
package samovar.dtype;
