package samovar.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samovar.chat.ChatMessage;
import samovar.dtype.DtypeSpec;
import samovar.generate.GenerationSettings;

class ChatCompletionRequestTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    private static ChatCompletionRequest with(String members) {
        return ChatCompletionRequest.ofJson(
                "{\"model\":\"m\"," + MESSAGES + (members.isEmpty() ? "" : ",") + members + "}");
    }

    private static ErrorBody fault(String body) {
        return catchThrowableOfType(WireException.class, () -> ChatCompletionRequest.ofJson(body))
                .body();
    }

    @Test
    void readsTheSmallestRequest() {
        ChatCompletionRequest request = with("");
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.messages()).containsExactly(ChatMessage.user("Hi"));
        assertThat(request.settings()).isEqualTo(GenerationSettings.none());
        assertThat(request.stream() || request.includeUsage() || request.returnTokenIds())
                .isFalse();
        assertThat(request.dtype().isAuto()).isTrue();
    }

    @Test
    void readsEverySamplingField() {
        ChatCompletionRequest request =
                with("\"max_completion_tokens\":9,\"min_tokens\":2,\"do_sample\":true,\"temperature\":0.5,\"top_k\":40,"
                        + "\"top_p\":0.9,\"min_p\":0.05,\"typical_p\":0.8,\"repetition_penalty\":1.1,\"no_repeat_ngram_size\":3,"
                        + "\"bad_words_ids\":[[1,2]],\"suppress_tokens\":[3],\"begin_suppress_tokens\":[4],\"forced_bos_token_id\":5,"
                        + "\"forced_eos_token_id\":6,\"logit_bias\":{\"7\":-100,\"8\":2.5},\"seed\":42,\"stop\":[\"a\",\"b\"],"
                        + "\"num_beams\":1");
        assertThat(request.settings())
                .isEqualTo(GenerationSettings.builder()
                        .maxNewTokens(9)
                        .minNewTokens(2)
                        .doSample(true)
                        .temperature(0.5)
                        .topK(40)
                        .topP(0.9)
                        .minP(0.05)
                        .typicalP(0.8)
                        .repetitionPenalty(1.1)
                        .noRepeatNgramSize(3)
                        .badWordsIds(List.of(List.of(1, 2)))
                        .suppressTokens(List.of(3))
                        .beginSuppressTokens(List.of(4))
                        .forcedBosTokenId(5)
                        .forcedEosTokenId(6)
                        .logitBias(Map.of(7, -100.0, 8, 2.5))
                        .seed(42L)
                        .stopStrings(List.of("a", "b"))
                        .numBeams(1)
                        .build());
    }

    @Test
    void readsBackWhatItWrites() {
        ChatCompletionRequest request = new ChatCompletionRequest(
                "org/name",
                DtypeSpec.AUTO,
                List.of(ChatMessage.system("Be short."), ChatMessage.user("Hi")),
                GenerationSettings.builder()
                        .maxNewTokens(5)
                        .temperature(0.25)
                        .logitBias(Map.of(3, 1.5))
                        .stopStrings(List.of("\n"))
                        .seed(-1L)
                        .build(),
                List.of(Map.of("type", "function", "function", Map.of("name", "f"))),
                Map.of("enable_thinking", false),
                true,
                true,
                true);
        ChatCompletionRequest read = ChatCompletionRequest.ofJson(request.toJson());
        assertThat(read).usingRecursiveComparison().isEqualTo(request);
        assertThat(read.toJson()).isEqualTo(request.toJson());
    }

    @Test
    void writesTheDtypeAsNameOrMap() {
        assertThat(with("\"dtype\":\"q4\"").toJson()).contains("\"dtype\":\"q4\"");
        assertThat(with("\"dtype\":{\"model\":\"q4\"}").toJson()).contains("\"dtype\":{\"model\":\"q4\"}");
    }

    @Test
    void readsPartsNullContentOfToolCallsAndTheDeveloperRole() {
        ChatCompletionRequest request = ChatCompletionRequest.ofJson("{\"model\":\"m\",\"messages\":["
                + "{\"role\":\"developer\",\"content\":\"Be short.\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,\"}}]},"
                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[]},"
                + "{\"role\":\"tool\",\"content\":\"4\",\"tool_call_id\":\"c\"}]}");
        assertThat(request.messages())
                .extracting(ChatMessage::role)
                .containsExactly("system", "user", "assistant", "tool");
        assertThat(request.messages()).extracting(ChatMessage::content).containsExactly("Be short.", "a", "", "4");
        assertThat(request.messages().get(3).toMap()).containsEntry("tool_call_id", "c");
    }

    @Test
    void takesOneStopStringAndOlderNamesOfTheLimit() {
        assertThat(with("\"stop\":\"x\",\"max_tokens\":3").settings())
                .isEqualTo(GenerationSettings.builder()
                        .stopStrings(List.of("x"))
                        .maxNewTokens(3)
                        .build());
        assertThat(with("\"max_tokens\":3,\"max_completion_tokens\":3")
                        .settings()
                        .maxNewTokens())
                .isEqualTo(3);
    }

    @Test
    void dropsToolsThatMayNotBeChosen() {
        String tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";
        assertThat(with(tools + ",\"tool_choice\":\"none\"").tools()).isEmpty();
        assertThat(with(tools + ",\"tool_choice\":\"auto\"").tools()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'temperature':'hot'                 | temperature           | invalid_type | Invalid type for 'temperature': expected a number, found the string "hot"
            'temperature':2.5                   | temperature           | invalid_value | Invalid 'temperature': expected a number from 0 to 2, found 2.5
            'top_p':1.5                         | top_p                 | invalid_value | Invalid 'top_p': expected a number from 0 to 1, found 1.5
            'top_p':-0.1                        | top_p                 | invalid_value | Invalid 'top_p': expected a number from 0 to 1, found -0.1
            'top_k':-1                          | top_k                 | invalid_value | Invalid 'top_k': expected an integer of at least 0, found -1
            'top_k':1.5                         | top_k                 | invalid_type | Invalid type for 'top_k': expected an integer, found 1.5
            'min_p':2                           | min_p                 | invalid_value | Invalid 'min_p'
            'typical_p':0                       | typical_p             | invalid_value | Invalid 'typical_p'
            'repetition_penalty':0              | repetition_penalty    | invalid_value | Invalid 'repetition_penalty'
            'no_repeat_ngram_size':-2           | no_repeat_ngram_size  | invalid_value | Invalid 'no_repeat_ngram_size'
            'max_tokens':0                      | max_tokens            | invalid_value | Invalid 'max_tokens': expected an integer of at least 1, found 0
            'max_completion_tokens':'5'         | max_completion_tokens | invalid_type | Invalid type for 'max_completion_tokens': expected an integer, found the string "5"
            'max_tokens':1,'max_completion_tokens':2 | max_tokens       | invalid_value | 'max_completion_tokens' says the same thing with another value
            'max_tokens':3000000000             | max_tokens            | invalid_value | Invalid 'max_tokens': expected at most 2147483647, found 3000000000
            'top_k':-3000000000                 | top_k                 | invalid_value | Invalid 'top_k': expected at least -2147483648, found -3000000000
            'min_tokens':-1                     | min_tokens            | invalid_value | Invalid 'min_tokens'
            'seed':'x'                          | seed                  | invalid_type | Invalid type for 'seed'
            'stop':5                            | stop                  | invalid_type | a string or an array of strings, found 5
            'stop':['a','b','c','d','e']        | stop                  | array_above_max_length | at most 4 strings, found 5
            'stop':['a',1]                      | stop[1]               | invalid_type | Invalid type for 'stop[1]': expected a string, found 1
            'stop':''                           | stop                  | invalid_value | at least one character
            'logit_bias':{'x':1}                | logit_bias            | invalid_value | expected token ids as keys, found the string "x"
            'logit_bias':{'5':'y'}              | logit_bias.5          | invalid_type | expected a number
            'logit_bias':{'5':101}              | logit_bias            | invalid_value | from -100 to 100, found 101
            'logit_bias':[1]                    | logit_bias            | invalid_type | found an array
            'n':2                               | n                     | unsupported_value | Unsupported value for 'n': only 1 is supported here
            'logprobs':true                     | logprobs              | unsupported_value | only false is supported here
            'frequency_penalty':0.5             | frequency_penalty     | unsupported_value | Unsupported value for 'frequency_penalty': only 0 is supported here
            'presence_penalty':-1               | presence_penalty      | unsupported_value | only 0 is supported here
            'response_format':{'type':'json_object'} | response_format  | unsupported_value | Unsupported value for 'response_format': only {"type":"text"} is supported here
            'modalities':['text','audio']       | modalities            | unsupported_value | only ["text"] is supported here
            'audio':{}                          | audio                 | unsupported_value | not supported here; leave it out
            'tool_choice':'required'            | tool_choice           | unsupported_value | expected auto or none
            'tools':[{'type':'function'}]       | tools[0]              | invalid_type | a function with a name
            'stream':'yes'                      | stream                | invalid_type | expected true or false, found the string "yes"
            'stream_options':{}                 | stream_options        | invalid_value | only allowed with stream: true
            'stream':true,'stream_options':{'include_usage':1} | stream_options.include_usage | invalid_type | expected true or false
            'dtype':5                           | dtype                 | invalid_value | a dtype is one name
            'bad_words_ids':[[1],['a']]         | bad_words_ids[1][0]   | invalid_type | expected a token id
            'bad_words_ids':[[]]                | bad_words_ids         | invalid_value | at least one token id
            'suppress_tokens':'a'               | suppress_tokens       | invalid_type | an array of token ids
            'chat_template_kwargs':'a'          | chat_template_kwargs  | invalid_type | an object of template variables
            'temprature':1                      | temprature            | unknown_parameter | Unknown parameter: 'temprature'.
            """)
    void namesTheFieldAtFault(String members, String param, String code, String message) {
        ErrorBody fault = fault("{\"model\":\"m\"," + MESSAGES + "," + members.replace('\'', '"') + "}");
        assertThat(fault.param()).isEqualTo(param);
        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.type()).isEqualTo(ErrorBody.INVALID_REQUEST);
        assertThat(fault.message()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                              | messages             | Missing required parameter: 'messages'.
            'messages':'Hi'                                 | messages             | expected an array of messages
            'messages':[]                                   | messages             | at least one message
            'messages':['Hi']                               | messages[0]          | an object with role and content
            'messages':[{'content':'Hi'}]                   | messages[0].role     | Missing required parameter: 'messages[0].role'.
            'messages':[{'role':'bot','content':'Hi'}]      | messages[0].role     | expected one of system, developer, user, assistant, tool, found the string "bot"
            'messages':[{'role':'user'}]                    | messages[0].content  | Missing required parameter: 'messages[0].content'.
            'messages':[{'role':'user','content':7}]        | messages[0].content  | a string or an array of parts, found 7
            'messages':[{'role':'user','content':[{'type':'video'}]}] | messages[0].content[0].type | expected one of text, image_url, found the string "video"
            'messages':[{'role':'user','content':[{'type':'text'}]}] | messages[0].content[0].text | expected a string
            """)
    void namesTheMessageAtFault(String member, String param, String message) {
        String members = member.equals("''") || member.isEmpty() ? "" : "," + member.replace('\'', '"');
        ErrorBody fault = fault("{\"model\":\"m\"" + members + "}");
        assertThat(fault.param()).isEqualTo(param);
        assertThat(fault.message()).contains(message);
    }

    @Test
    void namesAllFaultsAtOnceAndTheFirstAsParam() {
        ErrorBody fault = fault("{\"temperature\":9,\"top_p\":9}");
        assertThat(fault.param()).isEqualTo("model");
        assertThat(fault.message())
                .contains("'model'")
                .contains("'messages'")
                .contains("'temperature'")
                .contains("'top_p'");
    }

    @Test
    void refusesABodyThatIsNoJsonObject() {
        assertThat(fault("{").message()).startsWith("The body is not JSON: body");
        assertThat(fault("[]").message()).isEqualTo("Invalid body: expected a JSON object, found an array");
        assertThat(fault("").message()).contains("empty text");
    }

    @Test
    void countsNullsAndNeutralValuesAsNotGiven() {
        ChatCompletionRequest request = with(
                "\"temperature\":null,\"stop\":null,\"tools\":null,\"n\":1,\"frequency_penalty\":0.0,\"logprobs\":false,"
                        + "\"response_format\":{\"type\":\"text\"},\"stream_options\":null,\"user\":\"u\",\"audio\":null");
        assertThat(request.settings()).isEqualTo(GenerationSettings.none());
    }
}
