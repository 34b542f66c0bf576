using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace PromoRec.Tests.Repository;

/// <summary>Writes what an assembly promises to its users as text: a line for every public type and, below it, for every public member.</summary>
internal static class PublicApiText
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            foreach (string member in Members(type).Distinct().Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => $"{(IsReadOnly(type) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}struct",
            _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        string space = type.DeclaringType is { } outer ? ApiTypeName.Of(outer) : type.Namespace!;
        string[] bases = [.. Bases(type).Where(name => name is not ("object" or "ValueType" or "Enum" or "MulticastDelegate")).Order(StringComparer.Ordinal)];
        return $"{space}: {kind} {ApiTypeName.Of(type)}{(bases.Length == 0 ? "" : " : " + string.Join(", ", bases))}{Constraints(type.GetGenericArguments())}";
    }

    private static IEnumerable<string> Bases(Type type) =>
        type.IsEnum ? [ApiTypeName.Of(Enum.GetUnderlyingType(type))]
        : type.GetInterfaces().Where(face => face.IsVisible).Append(type.BaseType ?? typeof(object)).Select(ApiTypeName.Of);

    private static IEnumerable<string> Members(Type type)
    {
        foreach (FieldInfo field in type.GetFields(Declared).Where(field => IsVisible(field.Attributes) && !field.IsSpecialName))
        {
            string value = field.IsLiteral ? $" = {Literal(field.GetRawConstantValue())}" : "";
            string modifier = field.IsLiteral ? "const " : field.IsStatic ? "static " : "";
            yield return type.IsEnum ? $"{field.Name}{value}" : $"{modifier}{ApiTypeName.Of(field.FieldType, Nullability.Create(field))} {field.Name}{value}";
        }

        foreach (PropertyInfo property in type.GetProperties(Declared))
        {
            if (Property(property) is { } line)
            {
                yield return line;
            }
        }

        foreach (EventInfo happening in type.GetEvents(Declared).Where(happening => IsVisible(happening.AddMethod!)))
        {
            yield return $"event {ApiTypeName.Of(happening.EventHandlerType!, Nullability.Create(happening))} {happening.Name}";
        }

        // What the compiler makes for a record follows from the rest.
        IEnumerable<MethodBase> methods = type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared))
            .Where(method => IsVisible(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Where(method => !method.IsSpecialName || method.IsConstructor || method.Name.StartsWith("op_", StringComparison.Ordinal));
        foreach (MethodBase method in methods)
        {
            yield return Method(method);
        }
    }

    private static string? Property(PropertyInfo property)
    {
        MethodInfo? getter = property.GetMethod is { } get && IsVisible(get) ? get : null;
        MethodInfo? setter = property.SetMethod is { } set && IsVisible(set) ? set : null;
        if ((getter ?? setter) is not { } accessor || property.Name == "EqualityContract")
        {
            return null;
        }

        bool init = setter is not null && setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        string name = property.GetIndexParameters() is { Length: > 0 } indexes ? $"this[{Parameters(indexes)}]" : property.Name;
        return $"{Modifiers(accessor)}{required}{ApiTypeName.Of(property.PropertyType, Nullability.Create(property))} {name} {{ {(getter is null ? "" : "get; ")}{(setter is null ? "" : init ? "init; " : "set; ")}}}";
    }

    private static string Method(MethodBase method)
    {
        string name = method.IsConstructor ? "new" : method.Name;
        Type[] generic = method.IsGenericMethod ? method.GetGenericArguments() : [];
        string arguments = generic.Length == 0 ? "" : $"<{string.Join(", ", generic.Select(ApiTypeName.Of))}>";
        string returned = method is MethodInfo { ReturnParameter: { } value } ? $"{ApiTypeName.Of(value.ParameterType, Nullability.Create(value))} " : "";
        string extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"{Modifiers(method)}{returned}{name}{arguments}({extension}{Parameters(method.GetParameters())}){Constraints(generic)}";
    }

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
    {
        string direction = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";
        string many = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        string value = parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue)}" : "";
        return $"{many}{direction}{ApiTypeName.Of(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}{value}";
    }));

    private static string Constraints(Type[] parameters)
    {
        IEnumerable<string> constraints =
            from parameter in parameters
            let types = parameter.IsGenericParameter ? parameter.GetGenericParameterConstraints() : []
            where types.Length > 0
            select $" where {parameter.Name} : {string.Join(", ", types.Select(ApiTypeName.Of))}";
        return string.Concat(constraints);
    }

    private static string Modifiers(MethodBase method) =>
        (method.IsFamily ? "protected " : "")
        + (method.IsStatic ? "static " : "")
        + (method.DeclaringType!.IsInterface ? "" : method.IsAbstract ? "abstract " : method is MethodInfo info && info.GetBaseDefinition() != info ? "override " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "");

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || (method.IsFamily && !method.DeclaringType!.IsSealed) || method.IsFamilyOrAssembly;

    private static bool IsVisible(FieldAttributes attributes) => (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private static bool IsReadOnly(Type type) => type.IsDefined(typeof(IsReadOnlyAttribute));
}
