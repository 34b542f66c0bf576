using System.Text.RegularExpressions;
using PromoRec.Tests;

namespace PromoRec.Testing.Tests.Conformance.Guide;

public class GuaranteesTests
{
    private static readonly string Tests = Path.Combine(TestData.RepositoryRoot, "tests");

    [Fact]
    public void Every_promise_names_test_classes_that_there_are_and_those_of_a_store_are_that_stores()
    {
        string[] rows = [.. File.ReadLines(Path.Combine(TestData.RepositoryRoot, "docs/guarantees.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];

        Assert.True(rows.Length > 20);
        Assert.All(rows, row =>
        {
            string[] cells = row.Split('|');
            string folder = cells[1].Split(':')[0].Trim() switch { "SQLite" => "PromoRec.Sqlite.Tests", "PostgreSQL" => "PromoRec.PostgreSql.Tests", _ => string.Empty };
            string[] names = [.. Regex.Matches(cells[2], "`([A-Za-z]+Tests)`").Select(match => match.Groups[1].Value)];
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(Tests, folder), name + ".cs", SearchOption.AllDirectories)));
        });
    }
}
