# bash completion for pes: every answer comes from the tool itself.

_pes() {
  local i word line value prefix=
  local -a words=() values=() meanings=()
  COMPREPLY=()

  # Readline breaks --name=value in three words; the tool wants one.
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((${#words[@]})) && [[ $word == '=' && ${words[-1]} == --* || ${words[-1]} == --*= ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done
  # What readline keeps of the word is not answered again.
  if [[ ${words[-1]} == --*=* && ${COMP_WORDS[COMP_CWORD]} != --* ]]; then
    prefix=${words[-1]%%=*}=
  fi

  while IFS= read -r line; do
    case $line in
      :files) compopt -o default ;;
      :folders) compopt -o dirnames ;;
      *)
        value=${line%%$'\t'*}
        values+=("${value#"$prefix"}")
        meanings+=("${line:${#value}+1}")
        ;;
    esac
  done < <(pes __complete "${words[@]}" 2>/dev/null)

  for ((i = 0; i < ${#values[@]}; i++)); do
    # Readline is only listing: meanings help, and are not inserted.
    if ((COMP_TYPE == 63 && ${#values[@]} > 1)) && [[ ${meanings[i]} ]]; then
      COMPREPLY+=("${values[i]}  (${meanings[i]})")
    else
      printf -v value %q "${values[i]}"
      COMPREPLY+=("$value")
    fi
  done
}

complete -F _pes pes
