using System.Reflection;
using System.Reflection.Emit;

namespace PromoRec.Tests.Repository;

/// <summary>Finds every type that a compiled type names: in its declaration, its signatures, its attributes and its method bodies.</summary>
internal sealed class TypeUses
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly OpCode[] OpCodesByValue = [.. typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!)];

    private static readonly OpCode[] OneByte = Table(size: 1);

    private static readonly OpCode[] TwoByte = Table(size: 2);

    private readonly HashSet<Type> _found = [];

    private TypeUses()
    {
    }

    public static IReadOnlySet<Type> Of(Type type)
    {
        TypeUses uses = new();
        uses.AddDeclaration(type);
        return uses._found;
    }

    private void AddDeclaration(Type type)
    {
        Add(type.BaseType);
        AddAll(type.GetInterfaces());
        AddAll(type.CustomAttributes.Select(attribute => attribute.AttributeType));
        AddConstraints(type.IsGenericTypeDefinition ? type.GetGenericArguments() : []);
        foreach (FieldInfo field in type.GetFields(Everything))
        {
            Add(field.FieldType);
        }

        foreach (MethodBase method in type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything)))
        {
            AddSignature(method);
            AddConstraints(method.IsGenericMethodDefinition ? method.GetGenericArguments() : []);
            AddAll(method.CustomAttributes.Select(attribute => attribute.AttributeType));
            AddBody(method);
        }
    }

    private void AddConstraints(Type[] parameters) => AddAll(parameters.SelectMany(parameter => parameter.GetGenericParameterConstraints()));

    private void AddSignature(MethodBase method)
    {
        AddAll(method.GetParameters().Select(parameter => parameter.ParameterType));
        Add((method as MethodInfo)?.ReturnType);
    }

    private void AddBody(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        AddAll(body.LocalVariables.Select(local => local.LocalType));
        AddAll(body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType!));
        byte[] code = body.GetILAsByteArray()!;
        Type[]? typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        Type[]? methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int at = 0; at < code.Length;)
        {
            OpCode operation = code[at] == 0xFE ? TwoByte[code[at + 1]] : OneByte[code[at]];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                AddMember(method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments)!);
            }

            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private void AddMember(MemberInfo member)
    {
        Add(member as Type ?? member.DeclaringType);
        if (member is FieldInfo field)
        {
            Add(field.FieldType);
        }
        else if (member is MethodBase method)
        {
            AddSignature(method);
            AddAll(method.IsGenericMethod ? method.GetGenericArguments() : []);
        }
    }

    private void AddAll(IEnumerable<Type> types)
    {
        foreach (Type type in types)
        {
            Add(type);
        }
    }

    private void Add(Type? type)
    {
        if (type is null || type.IsGenericParameter || !_found.Add(type))
        {
            return;
        }

        if (type.HasElementType)
        {
            Add(type.GetElementType());
        }

        AddAll(type.IsGenericType ? type.GetGenericArguments() : []);
    }

    private static OpCode[] Table(int size)
    {
        OpCode[] table = new OpCode[256];
        foreach (OpCode operation in OpCodesByValue)
        {
            if (operation.Size == size)
            {
                table[(byte)operation.Value] = operation;
            }
        }

        return table;
    }
}
