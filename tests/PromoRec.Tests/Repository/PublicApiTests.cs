using System.Text;

namespace PromoRec.Tests.Repository;

public sealed class PublicApiTests
{
    private const string Accept = "PROMOREC_ACCEPT_API";

    [Fact]
    public void The_public_api_is_the_one_that_was_agreed()
    {
        string path = Path.Combine(TestData.RepositoryRoot, "tests", "PromoRec.Tests", "Repository", "PublicApi.txt");
        string actual = PublicApiText.Of(typeof(Offer).Assembly);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.True(File.ReadAllText(path) == actual, Difference(File.ReadAllText(path), actual));
    }

    private static string Difference(string agreed, string actual)
    {
        string[] before = Qualified(agreed);
        string[] after = Qualified(actual);
        StringBuilder text = new("The public API differs from PublicApi.txt.\n");
        text.AppendJoin('\n', before.Except(after).Select(line => "- " + line).Concat(after.Except(before).Select(line => "+ " + line)));
        return text.Append($"\nIf this is meant, run the test with {Accept}=1 and commit the file.").ToString();
    }

    /// <summary>Every member with its type, so that equal lines of two types stay apart.</summary>
    private static string[] Qualified(string text)
    {
        string type = string.Empty;
        return
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
            {
                type = line[0] == ' ' ? type : line.Split(" : ")[0];
                return line[0] == ' ' ? $"{type} | {line.Trim()}" : line;
            }),
        ];
    }
}
