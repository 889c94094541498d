function __banyan_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __banyan_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __banyan_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __banyan_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __banyan_parse_tokens -S
    set -l unparsed_tokens (__banyan_tokens -pc)
    switch $unparsed_tokens[1]
    case 'banyan'
        __banyan_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'demo'
            __banyan_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'government'
                __banyan_parse_subcommand 0 'data=' 'json' 'directory=' 'knowledge=' 'requests=' 'departments=' 'width=' 'model=' 'leave-tasks' 'version' 'h/help'
            end
        case 'serve'
            __banyan_parse_subcommand 0 'data=' 'host=' 'port=' 'token-file=' 'threads=' 'memory=' 'context=' 'slots=' 'speculate=' 'kv=' 'key-file=' 'version' 'h/help'
        case 'model'
            __banyan_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'import'
                __banyan_parse_subcommand 1 'name=' 'scheme=' 'in-place' 'data=' 'json' 'version' 'h/help'
            case 'add-remote'
                __banyan_parse_subcommand 1 'url=' 'model=' 'key-file=' 'data=' 'json' 'version' 'h/help'
            case 'list'
                __banyan_parse_subcommand 0 'data=' 'json' 'version' 'h/help'
            case 'show'
                __banyan_parse_subcommand 1 'data=' 'json' 'version' 'h/help'
            case 'quantize'
                __banyan_parse_subcommand 2 'scheme=' 'threads=' 'memory=' 'context=' 'slots=' 'speculate=' 'kv=' 'json' 'version' 'h/help'
            case 'bench'
                __banyan_parse_subcommand 1 'prompt=' 'answer=' 'depth=' 'parallel=' 'rounds=' 'threads=' 'memory=' 'context=' 'slots=' 'speculate=' 'kv=' 'json' 'version' 'h/help'
            case 'tokens'
                __banyan_parse_subcommand 2 'data=' 'bare' 'specials' 'separator=' 'json' 'version' 'h/help'
            case 'perplexity'
                __banyan_parse_subcommand 2 'data=' 'context=' 'chunks=' 'threads=' 'json' 'version' 'h/help'
            case 'embed'
                __banyan_parse_subcommand 2 'data=' 'threads=' 'measure' 'version' 'h/help'
            case 'remove'
                __banyan_parse_subcommand 1 'data=' 'json' 'version' 'h/help'
            end
        case 'chat'
            __banyan_parse_subcommand 1 'prompt=' 'system=' 'temperature=' 'seed=' 'max-tokens=' 'history=' 'data=' 'threads=' 'memory=' 'context=' 'slots=' 'speculate=' 'kv=' 'version' 'h/help'
        case 'tune'
            __banyan_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'image'
                __banyan_parse_subcommand 0 'data=' 'labels=' 'out=' 'epochs=' 'batch=' 'rate=' 'held-out=' 'patience=' 'seed=' 'license=' 'threads=' 'resume' 'json' 'version' 'h/help'
            end
        case 'workflow'
            __banyan_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'check'
                __banyan_parse_subcommand 1 'json' 'version' 'h/help'
            case 'list'
                __banyan_parse_subcommand 0 'data=' 'json' 'status=' 'limit=' 'version' 'h/help'
            case 'show'
                __banyan_parse_subcommand 1 'data=' 'json' 'version' 'h/help'
            case 'resume'
                __banyan_parse_subcommand 0 'data=' 'version' 'h/help'
            case 'cancel'
                __banyan_parse_subcommand 1 'data=' 'version' 'h/help'
            end
        case 'task'
            __banyan_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __banyan_parse_subcommand 0 'data=' 'json' 'version' 'h/help'
            case 'answer'
                __banyan_parse_subcommand 2 'by=' 'comment=' 'data=' 'version' 'h/help'
            end
        case 'knowledge'
            __banyan_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'ingest'
                __banyan_parse_subcommand 1 'grade=' 'data=' 'json' 'version' 'h/help'
            case 'search'
                __banyan_parse_subcommand 1 'clearance=' 'limit=' 'data=' 'json' 'version' 'h/help'
            case 'list'
                __banyan_parse_subcommand 0 'data=' 'json' 'version' 'h/help'
            case 'forget'
                __banyan_parse_subcommand 1 'data=' 'version' 'h/help'
            end
        case 'scan'
            __banyan_parse_subcommand 1 'explain' 'json' 'version' 'h/help'
        case 'audit'
            __banyan_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'verify'
                __banyan_parse_subcommand 0 'data=' 'json' 'version' 'h/help'
            case 'show'
                __banyan_parse_subcommand 0 'data=' 'json' 'limit=' 'version' 'h/help'
            end
        case 'token'
            __banyan_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'add'
                __banyan_parse_subcommand 1 'file=' 'clearance=' 'version' 'h/help'
            end
        case 'doctor'
            __banyan_parse_subcommand 0 'data=' 'json' 'version' 'h/help'
        case 'help'
            __banyan_parse_subcommand -r 1 'version'
        end
    end
end

function __banyan_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __banyan_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __banyan_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __banyan_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__banyan_tokens -p)
    if test -z "$(__banyan_tokens -t)"
        set -l index (count (__banyan_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'banyan' -f
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'demo' -d 'Run a demonstration of a whole domain.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'serve' -d 'Start the platform with its web console.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'model' -d 'Models: import, list, show, quantize, measure, examine, remove.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'chat' -d 'Talk with a model in the terminal.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'tune' -d 'Train small models on this machine.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'workflow' -d 'Check workflow definitions; list, show, resume and cancel runs.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'task' -d 'Human tasks: list and answer them.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'knowledge' -d 'The knowledge base: ingest, search, list, forget.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'scan' -d 'Find and grade sensitive data in a text file. Never prints a matched value.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'audit' -d 'The audit log: show it, verify its chain.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'token' -d 'Users of a console that other machines can reach.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'doctor' -d 'Say what is present, what is missing and how to get it.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan demo" -eq 1' -fa 'government' -d 'A city\'s service hotline, from request to reply.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" directory' -l 'directory' -d 'Folder with the demonstration\'s files.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" knowledge' -l 'knowledge' -d 'Folder of knowledge documents. The default is DIRECTORY/knowledge.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" requests' -l 'requests' -d 'Requests, one JSON object a line. The default is DIRECTORY/requests.jsonl.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" departments' -l 'departments' -d 'Departments as CSV. The default is DIRECTORY/departments.csv.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" width' -l 'width' -d 'Requests under way at once, 1 to 16.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" model' -l 'model' -d 'The imported language model that drafts replies; `none` for sentences of the documents. The default is the imported one if there is exactly one.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" leave-tasks' -l 'leave-tasks' -d 'Leave human tasks open for people (see `banyan serve`) instead of answering them by a scripted clerk.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" host' -l 'host' -d 'The address to listen on.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" port' -l 'port' -d 'The port, 0 for any free one.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" token-file' -l 'token-file' -d 'Users who may sign in, one a line (see `banyan token`).' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" threads' -l 'threads' -d 'Threads of a computation. The default is one a core.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" memory' -l 'memory' -d 'Memory for models in MiB. The default is half of the machine\'s.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" context' -l 'context' -d 'Tokens of the longest conversation.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" slots' -l 'slots' -d 'Answers under way at once, a model.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" speculate' -l 'speculate' -d 'The most tokens guessed from earlier text and checked at once; 0 for none. The answer is the same. The default is 8, of a measurement 0.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" kv' -l 'kv' -d 'How keys and values are held: f16, or q8 for about half the memory and slightly other answers.' -rfka 'f16 q8'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" key-file' -l 'key-file' -d 'Keys that may call the API beside the users of --token-file, in the same form.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan model" -eq 1' -fa 'import' -d 'Register a model under a name.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan model" -eq 1' -fa 'add-remote' -d 'Register a model that another server runs (vLLM, Ollama, llama-server, another Banyan).'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan model" -eq 1' -fa 'list' -d 'List the models.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan model" -eq 1' -fa 'show' -d 'Show what a model\'s file says of it.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan model" -eq 1' -fa 'quantize' -d 'Write a smaller file of a model.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan model" -eq 1' -fa 'bench' -d 'Measure a model\'s speed, beside the memory\'s.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan model" -eq 1' -fa 'tokens' -d 'Show the tokens that a model reads a text as.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan model" -eq 1' -fa 'perplexity' -d 'Measure how well a model predicts a text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan model" -eq 1' -fa 'embed' -d 'Write the vectors that an encoder gives texts.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan model" -eq 1' -fa 'remove' -d 'Forget a model, local or remote, and delete its copy in the data directory.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model import" name' -l 'name' -d 'The model\'s name. The default is the file\'s name without its ending, or the folder\'s.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model import" scheme' -l 'scheme' -d 'Quantize to this scheme: F16, Q8_0, Q6_K, Q4_0, Q4_K, Q4_K_M. The default keeps the model\'s types.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model import" in-place' -l 'in-place' -d 'Leave a GGUF file where it is.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model import" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model import" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model import" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model import" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model add-remote" url' -l 'url' -d 'Where the API begins, e.g. http://10.0.0.5:8000/v1.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model add-remote" model' -l 'model' -d 'The model\'s name over there.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model add-remote" key-file' -l 'key-file' -d 'A file that holds the key for that server, readable by its owner only.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model add-remote" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model add-remote" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model add-remote" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model add-remote" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model list" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model list" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model list" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model show" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model show" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model show" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model quantize" scheme' -l 'scheme' -d 'The scheme.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model quantize" threads' -l 'threads' -d 'Threads of a computation. The default is one a core.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model quantize" memory' -l 'memory' -d 'Memory for models in MiB. The default is half of the machine\'s.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model quantize" context' -l 'context' -d 'Tokens of the longest conversation.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model quantize" slots' -l 'slots' -d 'Answers under way at once, a model.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model quantize" speculate' -l 'speculate' -d 'The most tokens guessed from earlier text and checked at once; 0 for none. The answer is the same. The default is 8, of a measurement 0.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model quantize" kv' -l 'kv' -d 'How keys and values are held: f16, or q8 for about half the memory and slightly other answers.' -rfka 'f16 q8'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model quantize" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model quantize" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model quantize" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model bench" prompt' -l 'prompt' -d 'Tokens of the prompt.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model bench" answer' -l 'answer' -d 'Tokens of the answer.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model bench" depth' -l 'depth' -d 'Tokens before the answer when its speed is measured.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model bench" parallel' -l 'parallel' -d 'Answers at once.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model bench" rounds' -l 'rounds' -d 'Repetitions; the median is reported.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model bench" threads' -l 'threads' -d 'Threads of a computation. The default is one a core.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model bench" memory' -l 'memory' -d 'Memory for models in MiB. The default is half of the machine\'s.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model bench" context' -l 'context' -d 'Tokens of the longest conversation.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model bench" slots' -l 'slots' -d 'Answers under way at once, a model.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model bench" speculate' -l 'speculate' -d 'The most tokens guessed from earlier text and checked at once; 0 for none. The answer is the same. The default is 8, of a measurement 0.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model bench" kv' -l 'kv' -d 'How keys and values are held: f16, or q8 for about half the memory and slightly other answers.' -rfka 'f16 q8'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model bench" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model bench" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model bench" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model tokens" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model tokens" bare' -l 'bare' -d 'Leave out the marks that the tokenizer puts around a text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model tokens" specials' -l 'specials' -d 'Read marks such as <|im_start|> in the text as what they stand for.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model tokens" separator' -l 'separator' -d 'The text between these words is several texts, each tokenized alone; --json gives one object a text.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model tokens" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model tokens" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model tokens" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model perplexity" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model perplexity" context' -l 'context' -d 'Tokens of a chunk.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model perplexity" chunks' -l 'chunks' -d 'The most chunks. The default is all.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model perplexity" threads' -l 'threads' -d 'Threads of a computation. The default is one a core.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model perplexity" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model perplexity" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model perplexity" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model embed" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model embed" threads' -l 'threads' -d 'Threads of a computation. The default is one a core.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model embed" measure' -l 'measure' -d 'Write how fast it was, in JSON, instead of the vectors. Reading the model does not count, tokenizing does.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model embed" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model embed" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model remove" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model remove" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model remove" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan model remove" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan chat" prompt' -l 'prompt' -d 'Answer this and exit.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan chat" system' -l 'system' -d 'What the model is told first.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan chat" temperature' -l 'temperature' -d '0 takes the most probable token always.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan chat" seed' -l 'seed' -d 'The same seed gives the same answer.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan chat" max-tokens' -l 'max-tokens' -d 'The most tokens of an answer.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan chat" history' -l 'history' -d 'Keep the history of lines in this file. Without it nothing is written: prompts are private.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan chat" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan chat" threads' -l 'threads' -d 'Threads of a computation. The default is one a core.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan chat" memory' -l 'memory' -d 'Memory for models in MiB. The default is half of the machine\'s.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan chat" context' -l 'context' -d 'Tokens of the longest conversation.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan chat" slots' -l 'slots' -d 'Answers under way at once, a model.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan chat" speculate' -l 'speculate' -d 'The most tokens guessed from earlier text and checked at once; 0 for none. The answer is the same. The default is 8, of a measurement 0.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan chat" kv' -l 'kv' -d 'How keys and values are held: f16, or q8 for about half the memory and slightly other answers.' -rfka 'f16 q8'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan chat" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan chat" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan tune" -eq 1' -fa 'image' -d 'Train a classifier of gray images.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune image" data' -l 'data' -d 'Images in the idx format.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune image" labels' -l 'labels' -d 'Their labels in the idx format.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune image" out' -l 'out' -d 'The model to write.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune image" epochs' -l 'epochs' -d 'Times that all images are seen.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune image" batch' -l 'batch' -d 'Images of a step.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune image" rate' -l 'rate' -d 'The highest rate.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune image" held-out' -l 'held-out' -d 'The share of images that are kept to measure with.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune image" patience' -l 'patience' -d 'End after this many epochs without progress.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune image" seed' -l 'seed' -d 'The same seed gives the same model.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune image" license' -l 'license' -d 'The license of the data, for the card.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune image" threads' -l 'threads' -d 'Threads of a computation. The default is one a core.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune image" resume' -l 'resume' -d 'Go on with a run that was stopped.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune image" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune image" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan tune image" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan workflow" -eq 1' -fa 'check' -d 'Check types, references and labels of a definition before anything runs.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan workflow" -eq 1' -fa 'list' -d 'List runs, the newest first.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan workflow" -eq 1' -fa 'show' -d 'Show the steps of a run. Outputs are left out: the console shows them by clearance.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan workflow" -eq 1' -fa 'resume' -d 'Take up every unfinished run where it stopped.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan workflow" -eq 1' -fa 'cancel' -d 'Cancel a run at its next step boundary.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow check" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow check" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow list" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow list" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow list" status' -l 'status' -d 'Only runs of this status: running, waiting, sleeping, completed, failed, cancelled.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow list" limit' -l 'limit' -d 'At most this many.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow list" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow show" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow show" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow show" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow resume" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow resume" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow resume" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow cancel" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow cancel" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow cancel" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan task" -eq 1' -fa 'list' -d 'List open tasks, the oldest first.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan task" -eq 1' -fa 'answer' -d 'Answer a task; its run goes on.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task list" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task list" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task list" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task answer" by' -l 'by' -d 'Who answers.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task answer" comment' -l 'comment' -d 'A remark that is kept with the answer.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task answer" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task answer" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task answer" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan knowledge" -eq 1' -fa 'ingest' -d 'Read a folder of documents into the index. Unchanged files are skipped.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan knowledge" -eq 1' -fa 'search' -d 'Search, with citations.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan knowledge" -eq 1' -fa 'list' -d 'List the documents of the index.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan knowledge" -eq 1' -fa 'forget' -d 'Remove every trace of a document from the index.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge ingest" grade' -l 'grade' -d 'The grade of the documents: L1 … L4, important, core.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge ingest" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge ingest" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge ingest" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge ingest" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge search" clearance' -l 'clearance' -d 'The highest grade to show.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge search" limit' -l 'limit' -d 'At most this many hits, 1 to 50.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge search" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge search" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge search" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge search" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge list" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge list" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge list" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge forget" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge forget" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge forget" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan scan" explain' -l 'explain' -d 'Say why each candidate was kept or dropped.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan scan" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan scan" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan scan" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan audit" -eq 1' -fa 'verify' -d 'Check every row\'s hash; exits 1 when a row was altered, removed or reordered.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan audit" -eq 1' -fa 'show' -d 'The newest rows first.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit verify" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit verify" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit verify" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit show" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit show" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit show" limit' -l 'limit' -d 'At most this many, 1 to 10000.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit show" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan token" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan token" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan token" -eq 1' -fa 'add' -d 'Draw a token for a user, print it once, and add its SHA-256 to a token file.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan token add" file' -l 'file' -d 'The token file; made when absent.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan token add" clearance' -l 'clearance' -d 'The highest grade this user may see: L1 … L4, important, core.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan token add" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan token add" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan doctor" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan doctor" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan doctor" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan doctor" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan help" version' -l 'version' -d 'Show the version.'
