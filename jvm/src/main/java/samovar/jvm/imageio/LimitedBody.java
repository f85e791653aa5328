package samovar.jvm.imageio;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import samovar.image.ImageException;
import samovar.image.ImageLimits;

/** A body as bytes, given up as soon as it passes the limit. The client calls it one after the other, never at once. */
final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final ImageLimits limits;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    LimitedBody(ImageLimits limits) {
        this.limits = limits;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription started) {
        subscription = started;
        started.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            byte[] read = new byte[piece.remaining()];
            piece.get(read);
            bytes.writeBytes(read);
        }
        try {
            limits.checkBytes(bytes.size());
            subscription.request(1);
        } catch (ImageException e) {
            subscription.cancel();
            body.completeExceptionally(e);
        }
    }

    @Override
    public void onError(Throwable fault) {
        body.completeExceptionally(fault);
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }
}
