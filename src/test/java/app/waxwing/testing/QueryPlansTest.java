package app.waxwing.testing;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.SystemTime;
import app.waxwing.testing.QueryPlans.Excuse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That the check of statements bites.
class QueryPlansTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("4.11 a walk through a big table is found: with and without an index, under another name, in a subquery, without MATCH; by its account or kind alone too")
    void bites() throws Exception {
        Path file = folder.resolve("waxwing.db");
        try (var time = new SystemTime()) {
            EmptyDatabase.open(file, time).close();
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            var plans = new QueryPlans(connection);
            for (String whole : List.of("SELECT * FROM track WHERE title = ?", "SELECT count(*) FROM track",
                    "SELECT id FROM track ORDER BY sort_title LIMIT 5", "SELECT t.id FROM track AS t WHERE t.year + 1 = ?",
                    "select `t`.`id` from `track` as `t` order by `t`.`year`",
                    "SELECT id FROM account WHERE EXISTS (SELECT 1 FROM download d WHERE d.reason = ?)",
                    "UPDATE media_file SET is_pinned = 0 WHERE path LIKE ?", "DELETE FROM user_data WHERE play_count_local = 1",
                    "SELECT item_id FROM track WHERE account_id = ?", "SELECT count(*) FROM track WHERE account_id = ? AND gone_at IS NULL",
                    "SELECT item_id FROM user_data WHERE account_id = ? AND kind = ? AND is_favourite = 1",
                    "SELECT count(*) FROM play_history WHERE account_id IN (SELECT id FROM account)",
                    "SELECT id FROM download WHERE account_id = ? AND status <> ? AND deleted_at IS NULL",
                    "SELECT id, (SELECT min(artist_name) FROM track_artist WHERE account_id = account.id AND artist_item_id = ?) FROM account",
                    "UPDATE media_file SET is_pinned = 1 WHERE account_id = ? AND item_id IN (?, ?, ?, ?, ?) AND is_pinned = 0",
                    "SELECT rowid FROM track_fts", "SELECT term FROM track_fts_words",
                    "SELECT p.id FROM play_history p JOIN play_history q ON q.title = p.title WHERE p.id = ?")) {
                assertThat(plans.walks(whole)).as(whole).isNotEmpty();
            }
            for (String good : List.of("SELECT * FROM track WHERE id = ?", "SELECT * FROM track WHERE account_id = ? AND item_id = ?",
                    "SELECT item_id FROM user_data WHERE kind = ? AND is_favourite_shown = 1",
                    "SELECT * FROM account", "SELECT rowid FROM track_fts WHERE track_fts MATCH ?", "DELETE FROM track_fts WHERE rowid = ?",
                    "SELECT term FROM track_fts_words WHERE term >= ? AND term < ?",
                    "WITH found AS (SELECT id FROM track WHERE id = ?) SELECT * FROM found",
                    "SELECT id FROM download WHERE status = ? AND deleted_at IS NULL")) {
                assertThat(plans.walks(good)).as(good).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("An excuse for the first rows in an index's order holds only while they come from there and are limited")
    void excuses() throws Exception {
        Path file = folder.resolve("waxwing.db");
        try (var time = new SystemTime()) {
            EmptyDatabase.open(file, time).close();
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            var plans = new QueryPlans(connection);
            Excuse first = Excuse.first("the first titles", "INDEX track_by_title", "order by sort_title");
            assertThat(plans.walks("select id from track order by sort_title limit 5")).singleElement().matches(first::covers);
            assertThat(plans.walks("select id from track order by sort_title")).singleElement().matches(w -> !first.covers(w));
            assertThat(plans.walks("select id from track order by title limit 5")).singleElement().matches(w -> !first.covers(w));
            assertThat(plans.walks("select id from album order by sort_title limit 5")).singleElement().matches(w -> !first.covers(w));
        }
    }
}
