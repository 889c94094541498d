/// Words for ``EnglishPrefilter``, written from general knowledge: at most twelve letters, no names.
enum EnglishWords {
    static let everyday = """
        i a an the this that these those there here it its he she we you they my your his her our their what which who whose whom when where why how if
        in on at by for from to of with without within about above after again against all almost along already also although always among and another any
        anyone anything are aren as because been before behind being below besides between both but can cannot could couldn did didn do does doesn don down
        during each either else even ever every everyone everything except few finally first firstly following further given had hadn has hasn have haven
        having hence however indeed instead into is isn just last lastly least less let like likely many maybe me meanwhile might mine more moreover most
        much must myself near nearly neither never next no nobody none nor not nothing now off often ok okay once one ones only onto or other others otherwise
        out over own overall per perhaps please plus probably quite rather really right same second secondly several shall should shouldn since so some somehow
        someone something sometimes soon still such sure than thank thanks that then thereby therefore third though through throughout thus till together
        too toward two three four five six seven eight nine ten twelve hundred thousand under unless unlike until up upon us use used using
        usually very via was wasn well were weren whatever whenever whether while whoever will won would wouldn yes yet zero dear hello hi hey oh wow sorry
        welcome goodbye great good nice best better bad big small new old open close closed start stop begin end back top bottom left

        accept access account actions activate add added adding additionally adjust admin agree alert allow analyze answer app apply approve
        archive argument array ask assertion assistant attach attention auto avoid available balance based basic batch billing block body book boolean both
        browse build building button buy cache calculate call calling cancel cannot card case category caution change changes chapter chat check checking
        checkout choose class clean clear click client closing code color combine come command comment commit common compare complete completed computer
        config configure confirm connect connected connecting connection consider contact content continue contrast convert cook copy correct cost count
        create created creating credit currently custom customer customers cut daily data database date day days debug decide default define delete deleted
        delivery describe description design details determine developing device different directory disable discuss display documents done download draft
        drag drop due duration early easy edit either email empty enable ensure enter error errors essentially establish evaluate event example exception
        execute exit expected experience explain explore export extra fail failed failure false fast fatal feature features feel file files fill filter find
        firewall focus folder follow food form format forward found free full function furthermore general generate get getting give go going group handle
        happy hard header health help hide high home host hours http https human idea ideally identify ignore image implement import important improve
        include includes including increase index info information initialize initially input insert install invalid invoice issue item items join keep
        kernel key kindly know label language large later launch lead learn leave length level library limit line link list listen little load loaded loading
        local location lock log login logout long look looking loop lost love low machine main make making manage map match may mean measure
        memory menu merge message method min minute minutes missing mode model module monitor month monthly move multiple music name need network news
        nothing notice notification number object offer offline online open opening option optional options order orders organize original
        output overview package page paid parent parse part parts password paste path pause pay payment people perform permission permissions phone photo
        place plan play point policy popular post practice prepare press prevent preview previous price print privacy problem process product products
        profile program progress project protect provide public pull purchase push put quality quantity query question questions queue quick read ready
        receive received recent record reduce refer refresh refund register regular reject release remember remind remote remove removed rename repeat
        replace reply report request requested required requires research reset resolve response restart restore result results resume retry return
        returning returns review root rule run running safety sale sample save saved saving scan schedule search section secure security see select send
        sent separate serve server service services session set sets setting settings setup share ship shipping shop show shut sign similarly simple simply
        site size skip sleep social solution sort source speak special specific specify speed stack standard started starting state status stay step steps
        store string study style subject submit subscribe subtotal success successfully summary support switch symbol sync system table take talk tap task
        team technology tell temporary term terms test text their thing things think time timeout tip title today toggle token tomorrow tonight tool total
        touch track trade traffic train transfer translate trash travel true try trying tuesday monday wednesday thursday friday saturday sunday turn type
        unable understand unfollow unit unknown unlock update updated updates upgrade upload url usage user users valid value values verify version video
        view visit wait waiting walk want warning wash watch water way web website week weekly weight what whereas wide window windows wireless word words
        work working workflow worker write writing wrong year yesterday your zoom

        mozilla chrome safari applewebkit khtml gecko firefox opera linux ubuntu debian android macintosh intel mac iphone ipad mobile windows java python
        javascript docker kubernetes nginx apache redis mysql postgres github google bot api cpu gpu ram usb pdf html css json xml sql tcp udp ssh tls ssl dns
        get put post patch head trace debug warn info fatal utc gmt cet est pst id uuid uri url ip os ui io ai it tv pc am pm bios acpi pci eth dhcp vpn cron
        systemd sshd kernel daemon thread null nil true false undefined exception traceback stacktrace runtime errno stdout stderr exited killed spawned
        listening accepted disconnected unauthorized forbidden redirect
        """
}
