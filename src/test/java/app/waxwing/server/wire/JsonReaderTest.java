package app.waxwing.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.FailureException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JsonReaderTest {
    private final List<JsonObject> handed = new ArrayList<>();

    private JsonObject read(String text) throws IOException {
        return JsonReader.object(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 1 << 20, "test", handed::add);
    }

    private List<String> ids() {
        return handed.stream().map(o -> o.raw("id").orElse("?")).toList();
    }

    @Test
    @DisplayName("Items are handed over one by one and not kept; the answer has their number and everything else")
    void handedOver() throws IOException {
        JsonObject answer = read("""
                {"Other":[{"Id":"no"}],"Items":[{"Id":"a","Items":[{"Id":"inner"}]},7,null,{"Id":"b"}],"TotalRecordCount":9}""");
        assertThat(ids()).containsExactly("a", "b");
        assertThat(handed.getFirst().objects("items")).hasSize(1);
        assertThat(answer.size("Items")).isEqualTo(3);
        assertThat(answer.objects("Items")).isEmpty();
        assertThat(answer.objects("Other")).hasSize(1);
        assertThat(answer.number("TotalRecordCount")).hasValue(9);
    }

    @Test
    @DisplayName("A bare list at the root is handed over as well; an object without items hands over nothing")
    void shapes() throws IOException {
        assertThat(read("[{\"Id\":\"a\"},{\"Id\":\"b\"}]").size("Items")).isEqualTo(2);
        assertThat(ids()).containsExactly("a", "b");
        handed.clear();
        assertThat(read("{\"Items\":{\"Id\":\"x\"}}").size("Items")).isZero();
        assertThat(handed).isEmpty();
    }

    @Test
    @DisplayName("One item nested too deep is marked, its neighbours are not; a cut answer fails after what was handed over")
    void broken() throws IOException {
        String deep = "[".repeat(JsonReader.DEPTH + 1) + "]".repeat(JsonReader.DEPTH + 1);
        read("{\"Items\":[{\"Id\":\"a\",\"Deep\":" + deep + "},{\"Id\":\"b\"}]}");
        assertThat(handed.get(0).problem()).isPresent();
        assertThat(handed.get(1).problem()).isEmpty();
        handed.clear();
        assertThatThrownBy(() -> read("{\"Items\":[{\"Id\":\"a\"},{\"Id\":")).isInstanceOf(FailureException.class);
        assertThat(ids()).containsExactly("a");
    }
}
