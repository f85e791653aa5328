package samovar.server.http;

/** The client hung up while it was being answered. Nobody is at fault, and nobody is left to tell. */
public final class ClientGone extends RuntimeException {
    public ClientGone() {
        super("the client hung up");
    }
}
