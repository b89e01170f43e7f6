// JDBC: see README.  Mode: parameters of the URL, such as stringtype=unspecified.
// Run as source: java -cp postgresql.jar jdbc.java MODE...

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

class Jdbc {
    static String quote(String s) {
        StringBuilder b = new StringBuilder("\"");
        for (char c : s.toCharArray()) {
            if (c == '"' || c == '\\')
                b.append('\\').append(c);
            else if (c < ' ')
                b.append(String.format("\\u%04x", (int) c));
            else
                b.append(c);
        }
        return b.append('"').toString();
    }

    // PGobject, java.sql.Date and PGInterval all say by toString what they hold
    static String cell(Object o) throws SQLException {
        if (o == null || o instanceof Boolean || o instanceof Number)
            return String.valueOf(o);
        if (o instanceof Array)
            o = ((Array) o).getArray();
        if (!(o instanceof Object[]))
            return quote(o.toString());
        List<String> cells = new ArrayList<>();
        for (Object e : (Object[]) o)
            cells.add(cell(e));
        return "[" + String.join(",", cells) + "]";
    }

    static String answer(Connection connection, String[] query) {
        try (PreparedStatement statement = connection.prepareStatement(
                query.length > 1 ? query[0] : query[0].replace("?", "??"))) {
            for (int i = 1; i < query.length; i++)
                statement.setString(i, query[i]);
            ResultSet result = statement.executeQuery();
            int width = result.getMetaData().getColumnCount();
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= width; i++)
                    cells.add(cell(result.getObject(i)));
                rows.add("[" + String.join(",", cells) + "]");
            }
            return "{\"rows\":[" + String.join(",", rows) + "]}";
        } catch (SQLException e) {
            return "{\"error\":" + quote(e.getMessage()) + "}";
        }
    }

    public static void main(String[] modes) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        List<String[]> queries = new ArrayList<>();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine())
            queries.add(line.split("\t", -1));
        for (String mode : modes) {
            String url = String.format("jdbc:postgresql://%s:%s/%s?%s", System.getenv("PGHOST"),
                System.getenv("PGPORT"), System.getenv("PGDATABASE"), mode);
            try (Connection connection = DriverManager.getConnection(url, System.getenv("PGUSER"), System.getenv("PGPASSWORD"))) {
                for (String[] query : queries)
                    out.println(answer(connection, query));
            }
        }
    }
}
