using System.Text;
using PromoRec.Push.PolicyFile;

namespace PromoRec.Tests.Push.PolicyFile;

/// <summary>The file that the guide shows is one, and means what the guide says.</summary>
public sealed class PolicyFileGuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "guide", "policy-file.md"));

    [Fact]
    public void The_example_means_what_the_guide_says()
    {
        PushPolicyFile file = PushPolicyFile.Parse(Block("json"), "guide.json");

        IEnumerable<string> lines = file.Rules.Select((rule, i) =>
            $"{i + 1,4}. {rule.Sentence} [{(rule.Path.Length == 0 ? "always" : rule.Path)}{(rule.Name is null ? string.Empty : $": {rule.Name}")}]");
        Assert.Equal(Block("text").TrimEnd('\n').Split('\n'), lines);
        Assert.Empty(file.Warnings);
        Assert.Equal([new ChannelId("kiosk")], file.Channels);
    }

    [Fact]
    public void The_sample_that_the_readme_names_is_valid_and_warns_of_nothing() =>
        Assert.Empty(PushPolicyFile.Load(Path.Combine(TestData.RepositoryRoot, "docs", "samples", "push.json")).Warnings);

    [Fact]
    public void The_example_has_every_section_there_is()
    {
        string unknown = Assert.Single(PolicyFiles.FaultsOf("'nothing': 1")).Message;
        string[] sections = [.. unknown.Split('\'').Where((_, i) => i % 2 == 1)];

        Assert.True(sections.Length > 15);
        Assert.All(sections, section => Assert.Contains($"  \"{section}\": ", Block("json"), StringComparison.Ordinal));
        Assert.All(sections, section => Assert.Contains($"| `{section}` |", Guide, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_reads_the_same_from_text_bytes_stream_and_disk()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("promorec-").FullName, "policies.json");
        File.WriteAllText(path, Block("json"), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        using MemoryStream stream = new(File.ReadAllBytes(path));

        PushPolicyFile[] files =
        [
            PushPolicyFile.Parse(Block("json"), "p"), PushPolicyFile.Parse(Encoding.UTF8.GetBytes(Block("json")), "p"), PushPolicyFile.Read(stream, "p"), PushPolicyFile.Load(path),
        ];

        Assert.All(files, file => Assert.Equal(files[0].Rules, file.Rules));
        Assert.Equal(path, files[3].Name);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    /// <summary>The same seeds change the example in the same ways, so a failure can be repeated; PROMOREC_STRESS=full tries many more.</summary>
    [Fact]
    public void However_it_is_damaged_it_is_read_or_refused_with_faults_at_places_in_it()
    {
        byte[] example = Encoding.UTF8.GetBytes(Block("json"));
        int rounds = Environment.GetEnvironmentVariable("PROMOREC_STRESS") == "full" ? 200_000 : 1_000;
        int refused = 0;
        for (int seed = 0; seed < rounds; seed++)
        {
            byte[] damaged = Damage(example, new Random(seed));
            try
            {
                Assert.NotEmpty(PushPolicyFile.Parse(damaged, "damaged.json").Rules);
            }
            catch (PolicyFileException exception)
            {
                int lines = 1 + damaged.Count(value => value == '\n');
                Assert.NotEmpty(exception.Faults);
                Assert.All(exception.Faults, fault => Assert.True(fault.Line >= 1 && fault.Line <= lines && fault.Column >= 1 && fault.Message.Length > 10, fault.ToString()));
                refused++;
            }
        }

        Assert.InRange(refused, rounds / 2, rounds - 1);
    }

    private static byte[] Damage(byte[] example, Random random)
    {
        List<byte> bytes = [.. example];
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 30), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length), length));
                    break;
                case 3:
                    bytes[at] = (byte)"0123456789-.\"{}[],:abcdefz"[random.Next(26)];
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }

            if (bytes.Count == 0)
            {
                return [];
            }
        }

        return [.. bytes];
    }

    private static string Block(string language)
    {
        string start = $"```{language}\n";
        int from = Guide.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return Guide[from..Guide.IndexOf("```", from, StringComparison.Ordinal)];
    }
}
