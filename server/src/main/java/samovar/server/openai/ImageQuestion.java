package samovar.server.openai;

import java.util.List;
import java.util.Map;
import samovar.chat.ChatMessage;
import samovar.server.http.HttpFault;
import samovar.server.inference.FoundModel;
import samovar.wire.ChatCompletionRequest;
import samovar.wire.ErrorBody;

/**
 * What a conversation asks of a model that looks at pictures: its last message, which must have one picture and a task. Such a
 * model has no memory, so that what was said before changes nothing.
 *
 * @param image the encoded file
 * @param imageParam where it stands in the request
 * @param text a task token or its prompt in words, perhaps with its input
 * @param textParam where it stands in the request
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record ImageQuestion(byte[] image, String imageParam, String text, String textParam) {
    private static final String IMAGE_URL = "image_url";

    /**
     * @throws HttpFault 400 naming the part at fault
     */
    static ImageQuestion of(ChatCompletionRequest request, FoundModel model) {
        if (!request.tools().isEmpty()) {
            throw refuse("tools", "unsupported_value", model.repo() + " calls no tools; leave them out");
        }
        if (!request.templateArguments().isEmpty()) {
            throw refuse(
                    "chat_template_kwargs",
                    "unsupported_value",
                    model.repo() + " has no chat template; leave this out");
        }
        int last = request.messages().size() - 1;
        ChatMessage message = request.messages().get(last);
        String param = "messages[" + last + "]";
        if (!message.role().equals("user")) {
            throw refuse(
                    param + ".role", "invalid_value", "the last message must be the user's, found " + message.role());
        }
        return of(message, param + ".content", model);
    }

    private static ImageQuestion of(ChatMessage message, String param, FoundModel model) {
        List<Map<?, ?>> parts = message.parts();
        int found = -1;
        for (int i = 0; i < parts.size(); i++) {
            if (IMAGE_URL.equals(parts.get(i).get("type"))) {
                if (found >= 0) {
                    throw refuse(
                            param + "[" + i + "]",
                            "unsupported_value",
                            model.repo() + " looks at one image at a time; send one part of the type image_url");
                }
                found = i;
            }
        }
        if (found < 0) {
            throw refuse(
                    param,
                    "missing_required_parameter",
                    model.repo()
                            + " looks at images, and the last message has none; add a part {\"type\":\"image_url\","
                            + "\"image_url\":{\"url\":\"data:image/png;base64,…\"}} beside a text such as <CAPTION>");
        }
        String imageParam = param + "[" + found + "].image_url.url";
        byte[] image = DataUri.bytes(url(parts.get(found)), imageParam);
        ImageFaults.check(image, imageParam);
        return new ImageQuestion(image, imageParam, message.content(), param);
    }

    /** A string: what reads requests has looked. */
    private static String url(Map<?, ?> part) {
        return part.get(IMAGE_URL) instanceof Map<?, ?> image && image.get("url") instanceof String url ? url : "";
    }

    private static HttpFault refuse(String param, String code, String problem) {
        return new HttpFault(
                400,
                new ErrorBody("Invalid '" + param + "': " + problem + ".", ErrorBody.INVALID_REQUEST, param, code));
    }
}
