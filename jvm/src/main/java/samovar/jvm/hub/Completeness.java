package samovar.jvm.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samovar.hub.RepoFile;
import samovar.hub.RepoListing;

/** Tells what is missing of a repository whose download was begun. */
final class Completeness {
    private final BlobFolder blobs;

    Completeness(BlobFolder blobs) {
        this.blobs = blobs;
    }

    /** Files whose download broke off, or goes on now, and external data of graphs that are here; in words. */
    List<String> lacks(RepoListing listing) {
        List<String> lacks = new ArrayList<>();
        for (RepoFile file : listing.files()) {
            if (isHere(file)) {
                continue;
            }
            Optional<Long> begun = begun(file);
            if (begun.isPresent()) {
                lacks.add(file.path() + " (" + begun.get() * 100 / Math.max(1, file.sizeBytes()) + " %)");
            } else if (graphOf(listing, file).filter(this::isHere).isPresent()) {
                lacks.add(file.path());
            }
        }
        return lacks;
    }

    private boolean isHere(RepoFile file) {
        return ContentHash.of(file)
                .flatMap(hash -> blobs.find(hash, file.sizeBytes()))
                .isPresent();
    }

    /** How many bytes came of a file, if some did. */
    private Optional<Long> begun(RepoFile file) {
        return ContentHash.of(file).map(blobs::partial).flatMap(partial -> {
            try {
                Path note = PartialFile.noteOf(partial);
                String ranges = Files.readString(note, StandardCharsets.UTF_8);
                return Optional.of(ByteRanges.ofText(ranges, file.sizeBytes()).bytes());
            } catch (IOException | IllegalArgumentException e) {
                return Files.isRegularFile(partial) ? Optional.of(0L) : Optional.empty();
            }
        });
    }

    /** The graph whose external data this is: {@code model.onnx} for {@code model.onnx_data} and {@code model.onnx_data_1}. */
    private static Optional<RepoFile> graphOf(RepoListing listing, RepoFile data) {
        int end = data.path().lastIndexOf(".onnx_data");
        return end < 0 ? Optional.empty() : listing.find(data.path().substring(0, end) + ".onnx");
    }
}
