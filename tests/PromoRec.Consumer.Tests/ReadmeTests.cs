using System.Reflection;
using System.Text.RegularExpressions;

namespace PromoRec.Consumer.Tests;

public sealed partial class ReadmeTests
{
    private readonly string _readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public void Its_code_is_the_quick_start_sample() =>
        Assert.Equal([File.ReadAllText(Path.Combine(Repository.Root, "docs", "samples", "QuickStart", "Program.cs"))], Blocks("csharp"));

    [Fact]
    public async Task Its_output_is_what_the_sample_prints()
    {
        MethodInfo program = Assembly.Load("QuickStart").EntryPoint!;
        TextWriter console = Console.Out;
        await using StringWriter printed = new() { NewLine = "\n" };
        Console.SetOut(printed);
        try
        {
            await Task.Run(() => program.Invoke(null, [Array.Empty<string>()]), TestContext.Current.CancellationToken);
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.Equal([printed.ToString()], Blocks("text"));
    }

    private string[] Blocks(string language) =>
        [.. CodeBlock().Matches(_readme).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["code"].Value)];

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex CodeBlock();
}
