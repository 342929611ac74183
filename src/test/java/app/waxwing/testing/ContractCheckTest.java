package app.waxwing.testing;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.demo.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContractCheckTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private final ContractCheck contract = ContractCheck.jellyfin();

    @Test
    void anAnswerInTheRightFormPasses() {
        assertThat(answer("{\"Items\":[{\"Id\":\"" + ID + "\",\"Type\":\"Audio\"}],\"TotalRecordCount\":1,\"StartIndex\":0}")).isEmpty();
    }

    @Test
    void everyKindOfMistakeIsNamed() {
        assertThat(answer("{\"Items\":[{\"Id\":\"01234567-89ab-cdef-0123-456789abcdef\"}]}")).singleElement().asString()
                .contains("Items[0].Id is no uuid");
        assertThat(answer("{\"Items\":[{\"Type\":\"Song\"}]}")).singleElement().asString().contains("none of the known words");
        assertThat(answer("{\"Items\":null}")).singleElement().asString().contains("is null");
        assertThat(answer("{\"Total\":3}")).singleElement().asString().contains("Total is unknown");
        assertThat(answer("{\"TotalRecordCount\":3000000000}")).singleElement().asString().contains("no int32");
        assertThat(answer("{\"Items\":[{\"DateCreated\":\"yesterday\"}]}")).singleElement().asString().contains("no date-time");
        assertThat(contract.answer("GET", "/Nothing", 200, "", new byte[0])).singleElement().asString().contains("unknown to the contract");
        assertThat(contract.answer("GET", "/UserViews", 418, "", new byte[0])).singleElement().asString().contains("no status");
    }

    @Test
    void requestsAreHeldToRouteParametersAndBody() {
        assertThat(request("GET", "/items", Map.of("startindex", "5", "includeitemtypes", "Audio,MusicAlbum", "userid", ID), "")).isEmpty();
        assertThat(request("GET", "/Items", Map.of("includeitemtypes", "Audoi"), "")).singleElement().asString().contains("known words");
        assertThat(request("GET", "/Items", Map.of("page", "2"), "")).singleElement().asString().contains("unknown parameter page");
        assertThat(request("GET", "/Items", Map.of("limit", "many"), "")).singleElement().asString().contains("no number");
        assertThat(request("GET", "/Items/xyz", Map.of(), "")).singleElement().asString().contains("no uuid");
        assertThat(request("POST", "/Sessions/Playing", Map.of(), "{\"ItemId\":\"" + ID + "\",\"PlayMethod\":\"Best\"}")).singleElement()
                .asString()
                .contains("PlayMethod");
    }

    private List<String> answer(String json) {
        return contract.answer("GET", "/Items", 200, "application/json; charset=utf-8", json.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> request(String method, String path, Map<String, String> query, String body) {
        var lists = query.entrySet().stream().collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue())));
        return contract.request(new Request(Instant.EPOCH, method, path, path, lists, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }
}
