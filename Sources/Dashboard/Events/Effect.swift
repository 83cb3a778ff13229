public import Canvas
public import Domain
public import Filter

/// Something to be done outside: a value that can be compared, so that tests see what would happen.
public enum Effect: Equatable, Sendable {
    /// Asks a backend who it is.
    case probe(BackendID)
    /// Reads a resource; what is on the screen goes first.
    case refresh(BackendID, ResourceKind, focus: [EntityRef])
    /// The same, where an answer will do that another process of the team had within so many seconds.
    case share(BackendID, ResourceKind, focus: [EntityRef], within: Double)
    /// Reads what changes often of a resource, or some entities alone, between two refreshes.
    case look(BackendID, ResourceKind, only: [EntityRef]?)
    /// Reads everything about an entity.
    case detail(EntityRef)
    /// Reads what stands one level below an entity in the tree of a detail.
    case children(EntityRef)
    /// Asks the equipment behind an entity itself.
    case live(EntityRef, question: Int)
    /// Ends such a question.
    case cancelLive(EntityRef)
    /// Makes, changes or ends claims, here and for the team.
    case claim([ClaimDeed])
    /// Looks through the rows of all servers for what is linked.
    case link(question: Int, LinkRequest)
    /// Filters and sorts rows, starting from what is shown of them where that helps.
    case arrange(ArrangedList, question: Int, Arrangement.Request, refining: Arrangement)

    /// Looks through the rows of a pane that are shown.
    case find(PaneName, question: Int, Hits.Request)
    /// Looks for a text in the rows of all servers.
    case seek(RowSearch)
    /// Finds the rows of a pane that are to be marked.
    case select(PaneName, Arrangement.Request)

    /// Reads what the form of a command begins with.
    case open(session: Int, BackendID, Command)
    /// Gives a form to the operator's own editor, and the terminal with it.
    case edit(session: Int, Draft)
    /// The same with a text.
    case editText(String)
    /// Writes a text into a file that is new, under a name and an ending.
    case saveText(String, name: String, ending: String)
    /// Reads what must be known before a part of a command is sent.
    case prepare(session: Int, BackendID, Command)
    /// Sends the prepared part of a command, once.
    case perform(session: Int, BackendID, as: Tier)
    /// Looks for evidence of a part whose outcome is not known.
    case check(session: Int, BackendID)
    /// Forgets a session's plans.
    case forget(session: Int)

    /// Reads what was recorded of earlier states.
    case recall(HistoryQuery, HistoryPurpose)
    /// Reads the rows of lists as they were recorded last.
    case remember([BackendID: [ResourceDescriptor]], names: [BackendID: String])
    /// Makes the rows of an earlier moment.
    case travel(PastRequest)
    /// Records changes of state that no answer of a server shows, such as a backend that was lost.
    case record([StateChange])
    /// Writes down that the operator looked at this moment.
    case setLooked(Timestamp)
    /// Reads what was measured of an entity.
    case recallSamples(EntityRef, SampleQuery)

    /// Reads what a server's own log says of an entity.
    case readLog(EntityRef, question: Int)

    /// Reads the audit log.
    case readAudit
    /// Counts the commands of this operator of which nobody knows what became of them.
    case countUnknown
    /// Looks for evidence of a recorded command whose outcome is not known.
    case checkRecord(id: String)

    /// Asks which pictures a server draws of an entity.
    case listPictures(EntityRef)
    /// Asks for a picture, to be shown.
    case picture(PictureRequest)
    /// Asks for a picture, to be written into a file.
    case savePicture(PictureRequest)

    /// Reads the rows of a collection of an API, the first at once.
    case readCollection(EntityRef, question: Int)
    /// Ends that.
    case stopReading(EntityRef)
    /// Reads the answer at a place of an API as it comes.
    case readRaw(EntityRef)
    /// Reads the value of a field that is masked.
    case reveal(EntityRef, field: String)
    /// Writes the file that a place of an API answers with.
    case saveFile(EntityRef)

    /// Has a server search.
    case search(Search)
    /// Asks a server where an address is.
    case locate(NetworkAddress, BackendID)
    /// Looks for an address in rows of a server that are here.
    case locateLoaded(NetworkAddress, BackendID, [Table], Completeness)

    /// Drops what commands to a backend leave by, for good: it became read-only.
    case tighten(BackendID)
    /// Reads the operator's files again.
    case reload

    /// Writes down what the operator arranged.
    case keep(Preferences.Change)

    /// Takes away, for as long as the process lives, every way to send a command; one that was sent is not touched.
    case seal
    /// Finds the page of an entity in its server's web interface, with what its row holds.
    case address(EntityRef, Table?, AddressPurpose)
    /// Starts a program of the operator's for something that happened.
    case runHook([String], Transition)
    /// Writes down that a program of the operator's is about to run.
    case launch(OwnRun)
    /// Starts one that is written down, away from the terminal.
    case startOwn(OwnRun, record: String)
    /// Gives the terminal to one that is written down.
    case lend(OwnRun, record: String)
    /// Ends one that is running away from the terminal.
    case endOwn(Int)
    /// Writes down how one ended.
    case concludeOwn(OwnRun, record: String, OwnEnding)
    /// Reads a text of the operator's on what to do.
    case readRunbook(Runbooks.Book)
    /// Has the operator's browser open an address.
    case browse(String)
    /// Makes something ready to be copied, and keeps it in a file where the terminal may not take it.
    case copy(Clipping)
    /// Writes something to the terminal that draws nothing, between two frames.
    case transmit(Transmission)

    /// Switches mouse reports.
    case setMouse(Bool)
    /// Draws the whole screen again.
    case redraw
    /// Ends the program.
    case quit
}

/// What recorded changes are read for.
public enum HistoryPurpose: Hashable, Sendable {
    /// To say what happened since the operator looked last.
    case sinceLooked
    /// To show a timeline, by the number of its question.
    case timeline(question: Int)
    /// To show the earlier occurrences of an alert in its detail.
    case occurrences(EntityRef)
    /// To hand over, by the number of its question.
    case handoff(question: Int)
    /// To show what differs between two moments, by the number of its question.
    case difference(question: Int)
}
