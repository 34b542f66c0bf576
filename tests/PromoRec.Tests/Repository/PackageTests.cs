using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PromoRec.Tests.Repository;

/// <summary>Packs what the test run has built and looks into the package.</summary>
public sealed class PackageTests
{
    private static readonly Guid SourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    [Fact]
    public async Task Packing_twice_gives_equal_files_that_hold_what_a_user_needs()
    {
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("promorec-pack-");
        try
        {
            string first = await PackAsync(Path.Combine(scratch.FullName, "first"));
            string second = await PackAsync(Path.Combine(scratch.FullName, "second"));
            Assert.Equal(await File.ReadAllBytesAsync(first, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(second, TestContext.Current.CancellationToken));

            using ZipArchive package = await ZipFile.OpenReadAsync(first, TestContext.Current.CancellationToken);
            AssertContent(package);
            await AssertDependenciesAsync(package);
            await AssertReadmeAsync(package);

            using ZipArchive symbols = await ZipFile.OpenReadAsync(Path.ChangeExtension(first, ".snupkg"), TestContext.Current.CancellationToken);
            await AssertSymbolsAsync(symbols);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static void AssertContent(ZipArchive package)
    {
        string[] names = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Contains("lib/net10.0/PromoRec.dll", names);
        Assert.Contains("lib/net10.0/PromoRec.xml", names);
        Assert.Contains("README.md", names);
        Assert.Contains("icon.png", names);
        Assert.DoesNotContain(names, name => name.EndsWith(".pdb", StringComparison.Ordinal));
    }

    private static async Task AssertDependenciesAsync(ZipArchive package)
    {
        await using Stream stream = await package.GetEntry("PromoRec.nuspec")!.OpenAsync(TestContext.Current.CancellationToken);
        XDocument nuspec = await XDocument.LoadAsync(stream, LoadOptions.None, TestContext.Current.CancellationToken);
        XNamespace schema = nuspec.Root!.Name.Namespace;
        IReadOnlyDictionary<string, string> versions = ProjectFile.CentralVersions();

        Assert.Equal(
            ProjectFile.PackageReferences("src/PromoRec/PromoRec.csproj").Select(id => (id, versions[id])),
            nuspec.Descendants(schema + "dependency").Select(dependency => (dependency.Attribute("id")!.Value, dependency.Attribute("version")!.Value)).Order());
        Assert.Equal("MIT", nuspec.Descendants(schema + "license").Single().Value);
        Assert.Equal(PackageVersion, nuspec.Descendants(schema + "version").Single().Value);
        Assert.Equal("git", nuspec.Descendants(schema + "repository").Single().Attribute("type")?.Value);
        Assert.DoesNotContain("$", nuspec.ToString(), StringComparison.Ordinal);
    }

    /// <summary>It says what the page of the repository says, with links that lead somewhere on a feed too.</summary>
    private static async Task AssertReadmeAsync(ZipArchive package)
    {
        using StreamReader reader = new(await package.GetEntry("README.md")!.OpenAsync(TestContext.Current.CancellationToken));
        string packed = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        string page = SourceTree.Text("README.md");

        Assert.DoesNotMatch(@"\]\((?!https://)", packed);
        Assert.Contains("](https://github.com/promorec/promorec/blob/", packed, StringComparison.Ordinal);
        Assert.Equal(page.Trim(), Regex.Replace(packed, "https://github.com/promorec/promorec/blob/[^/]*/", string.Empty, RegexOptions.CultureInvariant).Trim());
    }

    private static async Task AssertSymbolsAsync(ZipArchive symbols)
    {
        await using Stream stream = await symbols.GetEntry("lib/net10.0/PromoRec.pdb")!.OpenAsync(TestContext.Current.CancellationToken);
        using MemoryStream copy = new();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        copy.Position = 0;
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(copy);
        MetadataReader pdb = provider.GetMetadataReader();

        // Outside a git clone there is no commit to link to; the documents are mapped all the same.
        if (Path.Exists(Path.Combine(TestData.RepositoryRoot, ".git")))
        {
            CustomDebugInformation sourceLink = pdb.CustomDebugInformation.Select(pdb.GetCustomDebugInformation).Single(info => pdb.GetGuid(info.Kind) == SourceLinkKind);
            Assert.Contains("\"/_/*\":\"https://", Encoding.UTF8.GetString(pdb.GetBlobBytes(sourceLink.Value)), StringComparison.Ordinal);
        }

        Assert.All(pdb.Documents, document => Assert.StartsWith("/_/", pdb.GetString(pdb.GetDocument(document).Name), StringComparison.Ordinal));
    }

    private static string PackageVersion =>
        typeof(Offer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static async Task<string> PackAsync(string output)
    {
        string configuration = typeof(PackageTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = TestData.RepositoryRoot,
            RedirectStandardOutput = true,
            ArgumentList = { "pack", "src/PromoRec", "--no-build", "--nologo", "-c", configuration, "-o", output, "-p:UseSharedCompilation=false", "-nodeReuse:false" },
        };
        using Process process = Process.Start(start)!;
        string text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, text);

        return Path.Combine(output, $"PromoRec.{PackageVersion}.nupkg");
    }
}
