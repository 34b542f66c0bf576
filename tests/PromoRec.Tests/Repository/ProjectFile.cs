using System.Xml.Linq;

namespace PromoRec.Tests.Repository;

/// <summary>What the build files say about packages.</summary>
internal static class ProjectFile
{
    /// <summary>The one version of every package, by id.</summary>
    public static IReadOnlyDictionary<string, string> CentralVersions() =>
        XDocument.Parse(SourceTree.Text("src/Directory.Packages.props"))
            .Descendants()
            .Where(element => element.Name.LocalName is "PackageVersion" or "GlobalPackageReference")
            .ToDictionary(element => element.Attribute("Include")!.Value, element => element.Attribute("Version")!.Value, StringComparer.Ordinal);

    /// <summary>The packages that users of a project get with it, sorted.</summary>
    public static string[] PackageReferences(string project) =>
    [
        .. XDocument.Parse(SourceTree.Text(project))
            .Descendants("PackageReference")
            .Where(element => element.Attribute("PrivateAssets")?.Value != "all")
            .Select(element => element.Attribute("Include")!.Value)
            .Order(StringComparer.Ordinal),
    ];
}
