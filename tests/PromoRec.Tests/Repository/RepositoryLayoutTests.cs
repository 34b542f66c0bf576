using System.Text.RegularExpressions;

namespace PromoRec.Tests.Repository;

public sealed partial class RepositoryLayoutTests
{
    private static readonly string[] RootEntries = ["LICENSE", "PromoRec.nuspec", "PromoRec.sln", "README.md", "benchmarks", "docs", "src", "tests"];

    [Fact]
    public void The_root_holds_eight_entries_and_dot_files()
    {
        string[] outputs = [.. File.ReadLines(Path.Combine(TestData.RepositoryRoot, ".gitignore")).Where(line => line.EndsWith('/')).Select(line => line.TrimEnd('/'))];
        IEnumerable<string> found = new DirectoryInfo(TestData.RepositoryRoot).EnumerateFileSystemInfos()
            .Select(entry => entry.Name)
            .Where(name => !name.StartsWith('.') && !outputs.Contains(name));

        Assert.Equal(RootEntries, found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "PromoRec.sln"));
        IEnumerable<string> missing = SourceTree.Files("*.csproj", "src", "tests", "benchmarks", "docs")
            .Where(file => !solution.Contains($"\"{file.Replace('/', '\\')}\"", StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    [Fact]
    public void Package_versions_stand_in_one_file()
    {
        IEnumerable<string> elsewhere = SourceTree.Files("*.csproj", "src", "tests", "benchmarks", "docs")
            .Concat(SourceTree.Files("Directory.Build.*", "src", "tests", "benchmarks", "docs"))
            .Where(file => PackageWithVersion().IsMatch(SourceTree.Text(file)));

        Assert.Empty(elsewhere);
    }

    [Fact]
    public void The_dependency_page_names_every_package()
    {
        string page = SourceTree.Text("docs/dependencies.md");
        IEnumerable<string> missing = ProjectFile.CentralVersions().Keys.Where(id => !page.Contains($"`{id}`", StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    [Fact]
    public void The_namespace_of_a_file_is_its_folder()
    {
        List<string> wrong = [];
        foreach (string file in SourceTree.Files("*.cs", "src"))
        {
            string folder = Path.GetDirectoryName(file)!["src/".Length..].Replace('/', '.');
            bool extensionOfTheRoot = folder == "PromoRec.Hosting" || folder.EndsWith(".DependencyInjection", StringComparison.Ordinal);
            Match declared = NamespaceLine().Match(SourceTree.Text(file));
            if (declared.Success && declared.Groups[1].Value != folder && !(extensionOfTheRoot && declared.Groups[1].Value == "PromoRec"))
            {
                wrong.Add($"{file} declares {declared.Groups[1].Value}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Only_numerics_names_vector_registers_or_unsafe_memory()
    {
        IEnumerable<string> wrong = SourceTree.Files("*.cs", "src")
            .Where(file => !file.StartsWith("src/PromoRec/Numerics/", StringComparison.Ordinal))
            .Where(file => VectorOrUnsafe().IsMatch(SourceTree.WithoutComments(SourceTree.Text(file))));

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Vector512<float> sum = default;", true)]
    [InlineData("ref float first = ref Unsafe.Add(ref start, 1);", true)]
    [InlineData("// Vector512 is faster here.", false)]
    [InlineData("FactorMatrix vectors = new(1, 2);", false)]
    public void Naming_a_vector_register_is_noticed(string line, bool noticed) =>
        Assert.Equal(noticed, VectorOrUnsafe().IsMatch(SourceTree.WithoutComments(line)));

    [Theory]
    [InlineData("P:System.DateTime.Now")]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("P:System.Random.Shared")]
    [InlineData("M:System.Random.#ctor")]
    [InlineData("M:System.Threading.Thread.Sleep(System.Int32)")]
    [InlineData("M:System.Threading.Thread.Sleep(System.TimeSpan)")]
    public void A_hidden_clock_or_seed_is_banned(string symbol)
    {
        IEnumerable<string> banned = SourceTree.Files("BannedSymbols*.txt", "src").SelectMany(file => SourceTree.Text(file).Split('\n'));

        Assert.Contains(banned, line => line.Split(';')[0] == symbol);
    }

    [Fact]
    public void Links_between_the_pages_lead_somewhere()
    {
        List<string> broken = [];
        foreach (string page in SourceTree.Files("*.md", "docs").Append("README.md"))
        {
            foreach (Match link in RelativeLink().Matches(SourceTree.Text(page)))
            {
                string target = Path.Combine(TestData.RepositoryRoot, Path.GetDirectoryName(page)!, link.Groups[1].Value);
                if (!Path.Exists(target))
                {
                    broken.Add($"{page}: {link.Groups[1].Value}");
                }
            }
        }

        Assert.Empty(broken);
    }

    [GeneratedRegex(@"<PackageReference[^>]*\bVersion\s*=", RegexOptions.CultureInvariant)]
    private static partial Regex PackageWithVersion();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\b(Vector(64|128|256|512)|Unsafe)\b", RegexOptions.CultureInvariant)]
    private static partial Regex VectorOrUnsafe();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)]*)?\)", RegexOptions.CultureInvariant)]
    private static partial Regex RelativeLink();
}
