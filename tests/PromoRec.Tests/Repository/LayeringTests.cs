using System.Reflection;
using System.Text.RegularExpressions;

namespace PromoRec.Tests.Repository;

public sealed partial class LayeringTests
{
    private const string Planted = "PromoRec.Tests.Repository.Planted";

    [Fact]
    public void No_compiled_type_uses_a_folder_that_its_own_may_not_use() => Assert.Empty(Violations(typeof(Offer).Assembly, "PromoRec"));

    [Fact]
    public void No_source_file_imports_a_folder_that_its_own_may_not_use()
    {
        List<string> violations = [];
        foreach (string file in SourceTree.Files("*.cs", "src/PromoRec"))
        {
            string from = file.Split('/') is { Length: > 3 } parts ? parts[2] : string.Empty;
            violations.AddRange(ImportedLayers(SourceTree.Text(file)).Where(to => !LayerTable.Allows(from, to)).Select(to => $"{file} imports {to}"));
        }

        Assert.Empty(violations);
    }

    [Fact]
    public void Every_folder_stands_in_the_table()
    {
        IEnumerable<string> folders = Directory.EnumerateDirectories(Path.Combine(TestData.RepositoryRoot, "src", "PromoRec")).Select(path => Path.GetFileName(path));

        Assert.All(folders.Where(folder => folder is not ("bin" or "obj")), folder => Assert.True(LayerTable.Knows(folder), $"{folder} has no row in LayerTable."));
    }

    [Fact]
    public void Nothing_in_numerics_is_public() =>
        Assert.DoesNotContain(typeof(Offer).Assembly.GetExportedTypes(), type => type.Namespace == "PromoRec.Numerics");

    [Fact]
    public void A_planted_violation_is_caught_wherever_it_hides()
    {
        IEnumerable<string> found = Violations(typeof(LayeringTests).Assembly, Planted);

        // One in a body, one in a lambda, one as a generic argument, one as a base type; what is allowed is not among them.
        Assert.Equal(
            [
                "Models.DerivedFromRanking uses Ranking.Secret",
                "Numerics.GenericArgument uses Ranking.Secret",
                "Numerics.InBody uses Ranking.Secret",
                "Numerics.InLambda uses Ranking.Secret",
            ],
            found);
    }

    [Fact]
    public void A_planted_import_is_caught() =>
        Assert.Equal(["Ranking", "Hosting"], ImportedLayers("using System;\nusing PromoRec.Ranking;\nusing static PromoRec.Hosting.Jobs.Worker;\nusing PromoRec;\n"));

    private static IEnumerable<string> ImportedLayers(string code) => Import().Matches(code).Select(match => match.Groups[1].Value);

    /// <summary>Sentences "X uses Y", sorted; nested and compiler-made types count as the type around them.</summary>
    private static SortedSet<string> Violations(Assembly assembly, string rootNamespace)
    {
        SortedSet<string> violations = new(StringComparer.Ordinal);
        foreach (Type type in assembly.GetTypes().Where(type => LayerOf(type, rootNamespace) is not null))
        {
            foreach (Type used in TypeUses.Of(type))
            {
                if (LayerOf(used, rootNamespace) is { } to && !LayerTable.Allows(LayerOf(type, rootNamespace)!, to))
                {
                    violations.Add($"{ShortName(type, rootNamespace)} uses {ShortName(used, rootNamespace)}");
                }
            }
        }

        return violations;
    }

    private static string? LayerOf(Type type, string rootNamespace)
    {
        Type outer = Outermost(type);
        if (outer.Namespace == rootNamespace)
        {
            // What hosts call to register the library lives in the root namespace, but in the folder of registrations.
            string file = $"{outer.Name.Split('`')[0]}.cs";
            string? folder = rootNamespace == "PromoRec" ? OutermostFolderOf(file) : null;
            return folder ?? string.Empty;
        }

        return outer.Namespace is { } name && name.StartsWith(rootNamespace + ".", StringComparison.Ordinal) ? name[(rootNamespace.Length + 1)..].Split('.')[0] : null;
    }

    private static string? OutermostFolderOf(string file)
    {
        string[] folders = ["DependencyInjection", "Hosting"];
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(TestData.RepositoryRoot, "src", "PromoRec", folder, file)));
    }

    private static string ShortName(Type type, string rootNamespace) => Outermost(type).FullName![(rootNamespace.Length + 1)..];

    private static Type Outermost(Type type)
    {
        Type outer = type.HasElementType ? type.GetElementType()! : type;
        while (outer.DeclaringType is { } declaring)
        {
            outer = declaring;
        }

        return outer.IsGenericType ? outer.GetGenericTypeDefinition() : outer;
    }

    [GeneratedRegex(@"^\s*(?:global )?using (?:static )?(?:\w+ = )?PromoRec\.(\w+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Import();
}
