package samovar.jvm.ortcpu;

import ai.onnxruntime.OnnxTensor;
import java.nio.ByteBuffer;
import samovar.runtime.TensorHandle;
import samovar.tensor.ElementType;
import samovar.tensor.Shape;
import samovar.tensor.Tensor;

/** A tensor in ONNX Runtime's memory, an output that stays there. Its owner closes it; not thread-safe. */
class OrtHandle implements TensorHandle {
    private final OnnxTensor value;
    private final ElementType type;
    private Shape shape;
    private boolean closed;

    OrtHandle(OnnxTensor value, ElementType type) {
        this.value = value;
        this.type = type;
    }

    /** @throws IllegalStateException once closed: ONNX Runtime would read freed memory */
    final OnnxTensor value() {
        if (closed) {
            throw new IllegalStateException("a closed tensor " + type.label() + " was used");
        }
        return value;
    }

    @Override
    public final ElementType type() {
        return type;
    }

    @Override
    public final Shape shape() {
        if (shape == null) {
            shape = OrtTensors.shape(value.getInfo().getShape());
        }
        return shape;
    }

    @Override
    public Tensor host() {
        throw new IllegalStateException("the tensor " + type.label() + shape()
                + " stays in ONNX Runtime's memory; name it among the host outputs of"
                + " the session's request, or bring it over with Session.read");
    }

    /** A copy in Java memory that lives as long as anyone holds it. */
    Tensor copy() {
        return OrtTensors.copyOut(value(), type, shape());
    }

    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            release();
        }
    }

    /** Gives the memory back, once. */
    void release() {
        value.close();
    }

    /** An input: a Java tensor, and its copy in direct memory that ONNX Runtime reads. */
    static final class Uploaded extends OrtHandle {
        private final Tensor source;
        private final ByteBuffer memory;
        private final DirectBuffers buffers;

        Uploaded(OnnxTensor value, Tensor source, ByteBuffer memory, DirectBuffers buffers) {
            super(value, source.type());
            this.source = source;
            this.memory = memory;
            this.buffers = buffers;
        }

        @Override
        public Tensor host() {
            value();
            return source;
        }

        @Override
        void release() {
            super.release();
            buffers.release(memory);
        }
    }

    /** A host output that ONNX Runtime allocated; copied to Java memory when first asked for. */
    static final class Host extends OrtHandle {
        private Tensor host;

        Host(OnnxTensor value, ElementType type) {
            super(value, type);
        }

        @Override
        public Tensor host() {
            if (host == null) {
                host = copy();
            }
            value();
            return host;
        }
    }
}
