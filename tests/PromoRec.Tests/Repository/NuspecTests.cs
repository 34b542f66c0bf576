using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PromoRec.Tests.Repository;

public sealed partial class NuspecTests
{
    private static readonly XNamespace Schema = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";

    private readonly XDocument _nuspec = XDocument.Parse(SourceTree.Text("PromoRec.nuspec"));

    [Fact]
    public void Its_dependencies_are_the_package_references_of_the_project() =>
        Assert.Equal(
            ProjectFile.PackageReferences("src/PromoRec/PromoRec.csproj"),
            _nuspec.Descendants(Schema + "dependency").Select(dependency => dependency.Attribute("id")!.Value).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_dependency_takes_its_own_central_version()
    {
        IReadOnlyDictionary<string, string> versions = ProjectFile.CentralVersions();

        Assert.All(_nuspec.Descendants(Schema + "dependency"), dependency =>
        {
            string id = dependency.Attribute("id")!.Value;
            Assert.Contains(id, versions.Keys);
            Assert.Equal($"${id.Replace('.', '_')}$", dependency.Attribute("version")!.Value);
        });
    }

    [Fact]
    public void Every_package_reference_is_used()
    {
        IEnumerable<string> used = typeof(Offer).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!);

        Assert.Empty(ProjectFile.PackageReferences("src/PromoRec/PromoRec.csproj").Except(used));
    }

    [Fact]
    public void No_version_is_written_in_it() => Assert.DoesNotMatch(VersionNumber(), _nuspec.Root!.Element(Schema + "metadata")!.ToString().Replace(Schema.NamespaceName, string.Empty, StringComparison.Ordinal));

    [GeneratedRegex(@"\d+\.\d+", RegexOptions.CultureInvariant)]
    private static partial Regex VersionNumber();
}
