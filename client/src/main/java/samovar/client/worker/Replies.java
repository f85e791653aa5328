package samovar.client.worker;

import java.util.Map;

/** Posts answers to the request in hand. Never awaits. */
interface Replies {
    /** @return the request's number, for {@link Messages} */
    int id();

    void post(Map<String, Object> message);
}
