package samovar.server;

import java.util.Optional;
import samovar.hub.RepoId;
import samovar.jvm.JvmOptions;
import samovar.server.tls.TlsIdentity;

/**
 * How the server runs, read once at its start. One record per concern; {@code models} says where models come from and how many
 * threads run one.
 */
public record ServerConfig(Network network, JvmOptions models, Inference inference) {
    /**
     * @param host name or address to listen on
     * @param port 0 for any that is free
     * @param apiKey what a client has to hold, where one is wanted
     * @param tls what the server proves itself with over https; empty for http
     */
    public record Network(String host, int port, Optional<String> apiKey, Optional<TlsIdentity> tls) {
        public Network {
            apiKey = apiKey.filter(key -> !key.isBlank());
        }

        /** Over http. */
        public Network(String host, int port, Optional<String> apiKey) {
            this(host, port, apiKey, Optional.empty());
        }

        /** Whether this machine alone can reach the server. */
        boolean isLoopback() {
            return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
        }
    }

    /**
     * @param defaultModel loaded at the start; where none is named, the first of the model folders that chats
     * @param queueLength turns that may wait for one model, the running one not among them
     * @param memoryBytes that weights of loaded models may take together
     */
    public record Inference(Optional<RepoId> defaultModel, int queueLength, long memoryBytes) {}
}
