public import AdapterKit
public import Domain

extension Adapter {
    /// What the adapter itself lists; the list of the API's paths is the program's own, and says nothing of a server.
    public var ownResources: [ResourceDescriptor] { resources.filter { $0.kind != .collection } }

    /// What the adapter itself can do; what changes any path has tests of its own.
    public var ownCommands: [CommandDescriptor] { commands.filter { !Browser.has($0.kind) } }
}
